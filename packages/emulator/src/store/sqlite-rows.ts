import type Database from "libsql";
import { afterPrefix } from "./after-prefix.ts";
import { compareBytes } from "./compare-bytes.ts";
import { diskFullError } from "./disk-full-error.ts";
import { escapeKey, unescapeKey } from "./escape-key.ts";
import type { Row, Rows, Span } from "./rows.ts";

const place = "collection = ? AND project = ?";
/**
 * Texts are read as bytes with a dot before them: the library ends a text at its first NUL, and ends the whole process at a text that is not
 * UTF-8 (as a damaged file may hold) and at empty bytes.
 */
const bytes = (column: string): string => `CAST('.' || ${column} AS BLOB)`;
/** Sorts after every text: SQLite puts all blobs behind all texts. */
const end = Buffer.of(0);

/** Rows in an open SQLite database that has been brought to the current version. */
export class SqliteRows implements Rows {
  readonly #database: Database.Database;
  readonly #get: Database.Statement;
  readonly #list: Database.Statement;
  readonly #count: Database.Statement;
  readonly #put: Database.Statement;
  readonly #delete: Database.Statement;
  readonly #all: Database.Statement;
  readonly #allOf: Database.Statement;

  constructor(database: Database.Database) {
    this.#database = database;
    this.#get = database.prepare(`SELECT ${bytes("value")} FROM documents WHERE ${place} AND id = ?`).raw();
    this.#list = database
      .prepare(
        `SELECT ${bytes("id")}, ${bytes("value")} FROM documents WHERE ${place} AND id >= ? AND id < ? ORDER BY id LIMIT ?`,
      )
      .raw();
    this.#count = database
      .prepare(`SELECT count(*) FROM documents WHERE ${place} AND id >= ? AND id < ?`)
      .raw();
    this.#put = database.prepare(
      "INSERT INTO documents (collection, project, id, value) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
    );
    this.#delete = database.prepare(`DELETE FROM documents WHERE ${place} AND id = ?`);
    const rows = `SELECT ${["collection", "project", "id", "value"].map(bytes).join(", ")} FROM documents`;
    const order = "ORDER BY collection, project, id";
    this.#all = database.prepare(`${rows} ${order}`).raw();
    this.#allOf = database.prepare(`${rows} WHERE collection = ? ${order}`).raw();
  }

  begin(): void {
    this.#database.exec("BEGIN IMMEDIATE");
  }

  /** Durable when it returns: `synchronous = FULL` syncs the write-ahead log at every commit. */
  commit(): void {
    this.#database.exec("COMMIT");
  }

  rollback(): void {
    // SQLite itself has rolled back already after some errors (a full disk, for one).
    if (this.#database.inTransaction) this.#database.exec("ROLLBACK");
  }

  get(collection: string, project: string, id: string): string | undefined {
    const row = this.#get.get(escapeKey(collection), escapeKey(project), escapeKey(id));
    // A raw row is the array of the columns asked for, here and below.
    return row === undefined ? undefined : text((row as [Bytes])[0]);
  }

  list(
    collection: string,
    project: string,
    { prefix, after, limit = -1 }: Span,
  ): { id: string; text: string }[] {
    const { from, to } = bounds(prefix, after);
    const rows = this.#list.all(escapeKey(collection), escapeKey(project), from, to, limit);
    return (rows as [Bytes, Bytes][]).map(([id, value]) => ({
      id: unescapeKey(text(id)),
      text: text(value),
    }));
  }

  count(collection: string, project: string, prefix: string): number {
    const { from, to } = bounds(prefix, undefined);
    // A count is one row with one number.
    return (this.#count.get(escapeKey(collection), escapeKey(project), from, to) as [number])[0];
  }

  put({ collection, project, id, text: value }: Row): void {
    this.#put.run(escapeKey(collection), escapeKey(project), escapeKey(id), value);
  }

  delete(collection: string, project: string, id: string): boolean {
    return this.#delete.run(escapeKey(collection), escapeKey(project), escapeKey(id)).changes > 0;
  }

  all(only?: string): Row[] {
    const rows = only === undefined ? this.#all.all() : this.#allOf.all(escapeKey(only));
    return (rows as [Bytes, Bytes, Bytes, Bytes][]).map(([collection, project, id, value]) => ({
      collection: unescapeKey(text(collection)),
      project: unescapeKey(text(project)),
      id: unescapeKey(text(id)),
      text: text(value),
    }));
  }

  clear(): void {
    this.#database.exec("DELETE FROM documents");
  }

  close(): void {
    try {
      // Puts everything into the one file, so that it can be copied alone.
      this.#database.pragma("wal_checkpoint(TRUNCATE)");
    } catch (error) {
      // Without room, everything stays in the log beside the file, where the next opening finds it.
      if (!diskFullError(error)) throw error;
    } finally {
      this.#database.close();
    }
  }
}

/** What the library gives for bytes; null only from a damaged file. */
type Bytes = Buffer | ArrayBuffer | null;

function text(value: Bytes): string {
  if (value === null) throw new Error("The database is damaged: a text is missing.");
  // Without the dot.
  return (value instanceof ArrayBuffer ? Buffer.from(value) : value).toString("utf8", 1);
}

/** Which identifiers are meant: from the first (included) to the second (excluded). */
function bounds(prefix: string, after: string | undefined): { from: string; to: string | Buffer } {
  const start = escapeKey(prefix);
  // The very next text there is.
  const next = after === undefined ? "" : `${escapeKey(after)}\u0000`;
  return { from: compareBytes(start, next) < 0 ? next : start, to: afterPrefix(start) ?? end };
}
