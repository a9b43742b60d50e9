import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { DataFolderError } from "./data-folder-error.ts";

/**
 * Keeps a data folder for this process. The lock is SQLite's on the empty file `lock`, so that the operating system itself lets go of it
 * when the process ends, however it ends; a file with a process id alone would mislead in containers, where every start has the same id.
 * Nothing else may open that file in this process: closing it anywhere gives the lock away (POSIX).
 */
export class FolderLock {
  readonly #database: Database.Database;
  readonly #owner: string;

  /** @throws DataFolderError naming the folder and the process that has it */
  constructor(folder: string) {
    this.#owner = join(folder, "lock-owner");
    let database: Database.Database | undefined;
    try {
      mkdirSync(folder, { recursive: true });
      database = new Database(join(folder, "lock"));
      database.exec("BEGIN EXCLUSIVE");
      writeFileSync(`${this.#owner}.new`, String(process.pid));
      renameSync(`${this.#owner}.new`, this.#owner);
    } catch (error) {
      database?.close();
      throw refusal(folder, this.#owner, error);
    }
    this.#database = database;
  }

  release(): void {
    rmSync(this.#owner, { force: true });
    this.#database.exec("ROLLBACK");
    this.#database.close();
  }
}

function refusal(folder: string, owner: string, error: unknown): DataFolderError {
  const { code, message } = error as { code?: string; message: string };
  if (code !== "SQLITE_BUSY")
    return new DataFolderError(`The data folder ${folder} cannot be locked: ${message}.`, { cause: error });
  const id = readOwner(owner);
  const who =
    id === undefined ? "another process" : id === process.pid ? `this process (${id})` : `process ${id}`;
  return new DataFolderError(
    `The data folder ${folder} is in use by ${who}. Stop that emulator, or choose another data folder.`,
  );
}

/** The id in the file, unless that process is gone: then whoever has the lock has not come to write its own yet, or lives in another container. */
function readOwner(file: string): number | undefined {
  try {
    const id = Number(readFileSync(file, "utf8"));
    if (!Number.isSafeInteger(id) || id <= 0) return undefined;
    process.kill(id, 0);
    return id;
  } catch {
    return undefined;
  }
}
