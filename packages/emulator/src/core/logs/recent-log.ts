import type { LogEntry } from "./log-entry.ts";

/** Characters after which texts become one. */
const packed = 16 * 1024;

/** Entries in a row, their texts joined: thousands of small ones would keep the garbage collector busy. */
interface Pack {
  readonly text: string;
  /** Of each entry: where its text ends, and the rest of it. */
  readonly ends: readonly number[];
  readonly versions: readonly string[];
  readonly orders: readonly number[];
}

/** The last entries of one function's log, within a size. */
export class RecentLog {
  readonly #owner: LogEntry["owner"];
  #packs: Pack[] = [];
  /** Entries of the first pack before this one are given up. */
  #first = 0;
  /** Those that came last. */
  #fresh: LogEntry[] = [];
  #freshSize = 0;
  #size = 0;

  constructor(owner: LogEntry["owner"]) {
    this.#owner = owner;
  }

  /** Characters of all entries. */
  get size(): number {
    return this.#size;
  }

  /** Adds an entry and gives up the oldest ones beyond so many characters; of a longer entry only the end is kept. */
  add(entry: LogEntry, most: number): void {
    const kept = entry.text.length > most ? { ...entry, text: entry.text.slice(-most) } : entry;
    this.#fresh.push(kept);
    this.#freshSize += kept.text.length;
    this.#size += kept.text.length;
    if (this.#freshSize >= packed) this.#pack();
    this.trim(most);
  }

  /** Puts older entries before all others, as far as there is room. */
  addOlder(entries: readonly LogEntry[], most: number): void {
    const all = [...entries, ...this.list()];
    this.#packs = [];
    this.#first = 0;
    this.#fresh = [];
    this.#freshSize = 0;
    this.#size = 0;
    for (const entry of all) this.add(entry, most);
  }

  trim(most: number): void {
    while (this.#size > most) {
      const pack = this.#packs[0];
      if (pack) {
        this.#size -= (pack.ends[this.#first] ?? 0) - startOf(pack, this.#first);
        this.#first += 1;
        if (this.#first < pack.ends.length) continue;
        this.#packs.shift();
        this.#first = 0;
      } else {
        const length = this.#fresh.shift()?.text.length ?? this.#size;
        this.#freshSize -= length;
        this.#size -= length;
      }
    }
  }

  /** Oldest first. */
  list(): LogEntry[] {
    const owner = this.#owner;
    const entriesOf = (pack: Pack, at: number): LogEntry[] =>
      pack.ends.slice(at === 0 ? this.#first : 0).map((end, index) => {
        const one = at === 0 ? this.#first + index : index;
        const text = pack.text.slice(startOf(pack, one), end);
        return { owner, version: pack.versions[one] ?? "", text, order: pack.orders[one] ?? 0 };
      });
    return [...this.#packs.flatMap(entriesOf), ...this.#fresh];
  }

  #pack(): void {
    let end = 0;
    this.#packs.push({
      text: this.#fresh.map(({ text }) => text).join(""),
      ends: this.#fresh.map(({ text }) => {
        end += text.length;
        return end;
      }),
      versions: this.#fresh.map(({ version }) => version),
      orders: this.#fresh.map(({ order }) => order),
    });
    this.#fresh = [];
    this.#freshSize = 0;
  }
}

const startOf = (pack: Pack, entry: number): number => pack.ends[entry - 1] ?? 0;
