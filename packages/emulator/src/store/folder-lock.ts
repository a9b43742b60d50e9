import { mkdtempSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { DataFolderError } from "./data-folder-error.ts";
import { makeFolder } from "./make-folder.ts";
import { unusableFolder } from "./unusable-folder.ts";

/**
 * Keeps a data folder for this process. The lock is SQLite's on the empty file `lock`, so that the operating system itself lets go of it
 * when the process ends, however it ends; a file with a process id alone would mislead in containers, where every start has the same id.
 * Nothing else may open that file in this process: closing it anywhere gives the lock away (POSIX).
 */
export class FolderLock {
  readonly #database: Database.Database;
  readonly #owner: string;

  /** @throws DataFolderError naming the folder, and the process that has it or what else is wrong */
  constructor(folder: string) {
    this.#owner = join(folder, "lock-owner");
    let database: Database.Database | undefined;
    try {
      // What is kept there is for this user's eyes only, such as the encrypted values of functions, which are plain here.
      makeFolder(folder, 0o700);
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
  // Errors of files and of the database have a code, but for those of opening it.
  if ((error as { code?: string }).code !== "SQLITE_BUSY")
    return unusableFolder(folder, causeOf(error, folder));
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

/** Finds out why the lock cannot be opened, which the database does not say. */
function causeOf(error: unknown, folder: string): unknown {
  // Errors of files say it themselves.
  if (error instanceof Error && "syscall" in error) return error;
  const path = join(folder, "lock");
  try {
    rmdirSync(mkdtempSync(join(folder, "trial-")));
    if (statSync(path).isDirectory()) return Object.assign(new Error("not a file"), { code: "EISDIR", path });
  } catch (cause) {
    return cause;
  }
  return error;
}
