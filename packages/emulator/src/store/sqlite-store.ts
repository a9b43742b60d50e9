import { dirname } from "node:path";
import { diskFullError } from "./disk-full-error.ts";
import { DocumentStore } from "./document-store.ts";
import { openDatabase } from "./open-database.ts";
import { SqliteRows } from "./sqlite-rows.ts";
import type { Writer } from "./store.ts";

/**
 * A store in one SQLite file: what `write` has returned from survives the end of the process and of the machine. One process at a time;
 * `openDataFolder` sees to that.
 */
export class SqliteStore extends DocumentStore {
  /** What had to be repaired at opening, as sentences. */
  readonly notes: readonly string[];
  readonly #folder: string;

  /** @throws DataFolderError if the file cannot be used, see openDatabase */
  constructor(file: string) {
    const { database, notes } = openDatabase(file);
    super(new SqliteRows(database));
    this.notes = notes;
    this.#folder = dirname(file);
  }

  /** @throws DiskFullError if there is no room for what was written; nothing of it is stored then */
  override write<T>(work: (tx: Writer) => T): T {
    try {
      return super.write(work);
    } catch (error) {
      throw diskFullError(error, this.#folder) ?? error;
    }
  }
}
