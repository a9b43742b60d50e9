import type { Rows, Span } from "./rows.ts";
import type { Collection, Entry, Json, Range, Reader, Store, StoredDocument, Writer } from "./store.ts";

/** A store over rows of any kind: gives out copies, keeps transactions apart and refuses what no store could do rightly. */
export class DocumentStore implements Store {
  readonly #rows: Rows;
  #current: Transaction | undefined;
  #closed = false;
  #changes = 0;

  get changes(): number {
    return this.#changes;
  }

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  read<T>(work: (tx: Reader) => T): T {
    // No transaction of the database: nobody else has it open (see FolderLock), and nothing happens in between.
    return this.#run(work, new Transaction(this.#rows, false));
  }

  write<T>(work: (tx: Writer) => T): T {
    const transaction = new Transaction(this.#rows, true);
    return this.#run((tx) => {
      this.#rows.begin();
      try {
        const result = settled(work(tx));
        this.#rows.commit();
        this.#changes += 1;
        return result;
      } catch (error) {
        this.#rows.rollback();
        throw error;
      }
    }, transaction);
  }

  documents(of?: Collection<unknown>): Iterable<StoredDocument> {
    const rows = this.#run(() => this.#rows.all(of?.name), new Transaction(this.#rows, false));
    return (function* () {
      for (const { collection, project, id, text } of rows)
        yield { collection, project, id, value: parse(text, collection, id) };
    })();
  }

  replace(documents: Iterable<StoredDocument>): void {
    this.write((tx) => {
      this.#rows.clear();
      for (const { collection, project, id, value } of documents)
        tx.put({ name: collection }, project, id, value);
    });
  }

  close(): void {
    if (this.#closed) return;
    if (this.#current) throw new Error("The store cannot be closed inside a transaction.");
    this.#closed = true;
    this.#rows.close();
  }

  #run<T>(work: (tx: Transaction) => T, transaction: Transaction): T {
    if (this.#closed) throw new Error("The store is closed.");
    if (this.#current)
      throw new Error(
        "A transaction is under way already: hand its tx on instead of starting another inside it.",
      );
    this.#current = transaction;
    try {
      return settled(work(transaction));
    } finally {
      transaction.end();
      this.#current = undefined;
    }
  }
}

class Transaction implements Writer {
  readonly #rows: Rows;
  readonly #writable: boolean;
  #ended = false;

  constructor(rows: Rows, writable: boolean) {
    this.#rows = rows;
    this.#writable = writable;
  }

  end(): void {
    this.#ended = true;
  }

  get<T>(collection: Collection<T>, project: string, id: string): T | undefined {
    this.#check(false);
    const text = this.#rows.get(collection.name, project, id);
    // A collection holds documents of its own shape only: whoever puts one in goes through the same type.
    return text === undefined ? undefined : (parse(text, collection.name, id) as T);
  }

  list<T>(collection: Collection<T>, project: string, range: Range = {}): Entry<T>[] {
    this.#check(false);
    const rows = this.#rows.list(collection.name, project, toSpan(range));
    // See get.
    return rows.map(({ id, text }) => ({ id, value: parse(text, collection.name, id) as T }));
  }

  count<T>(collection: Collection<T>, project: string, prefix = ""): number {
    this.#check(false);
    return this.#rows.count(collection.name, project, prefix);
  }

  put<T>(collection: Collection<T>, project: string, id: string, value: T): void {
    this.#check(true);
    const text: string | undefined = JSON.stringify(value);
    if (text === undefined)
      throw new TypeError(`${collection.name} ${id}: ${typeof value} is no document; JSON cannot hold it.`);
    this.#rows.put({ collection: collection.name, project, id, text });
  }

  delete<T>(collection: Collection<T>, project: string, id: string): boolean {
    this.#check(true);
    return this.#rows.delete(collection.name, project, id);
  }

  #check(writing: boolean): void {
    if (this.#ended) throw new Error("The transaction is over: its tx must not be kept.");
    if (writing && !this.#writable) throw new Error("Store.read only reads; use Store.write.");
  }
}

function toSpan({ prefix = "", after, limit }: Range): Span {
  if (limit !== undefined && (!Number.isSafeInteger(limit) || limit < 0))
    throw new RangeError(`A limit is a whole number from 0 and not ${limit}.`);
  return { prefix, after, limit };
}

function parse(text: string, collection: string, id: string): Json {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`The stored document ${collection} ${id} is damaged.`, { cause });
  }
}

function settled<T>(result: T): T {
  if (result instanceof Promise) {
    result.catch(() => undefined);
    throw new TypeError("Work in a transaction is synchronous: await before it, not inside.");
  }
  return result;
}
