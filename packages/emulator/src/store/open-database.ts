import { closeSync, existsSync, openSync, renameSync } from "node:fs";
import Database from "libsql";
import { DataFolderError } from "./data-folder-error.ts";
import { migrate } from "./migrations.ts";

/** A database that is open, sound and of the current version, and what had to be done to get there. */
export interface OpenedDatabase {
  readonly database: Database.Database;
  /** Sentences about repairs, for the person who started the emulator; empty nearly always. */
  readonly notes: readonly string[];
}

/**
 * Opens a database file, makes it if there is none, and makes up for whatever a crash has left: SQLite itself finishes or undoes what was
 * under way, a broken index is built anew, and a file beyond repair is moved aside, never removed.
 * @throws DataFolderError if the file is of a newer emulator or another program, or cannot be read and written
 */
export function openDatabase(file: string): OpenedDatabase {
  const first = attempt(file);
  if ("database" in first) return first;
  const kept = moveAside(file);
  const second = attempt(file);
  if ("database" in second) {
    const note = `${file} was damaged beyond repair (${first.damage}) and is kept as ${kept}; the emulator starts empty.`;
    return { database: second.database, notes: [note] };
  }
  throw new DataFolderError(`${file} cannot be made: ${second.damage}. Check the disk.`);
}

function attempt(file: string): OpenedDatabase | { readonly damage: string } {
  let database: Database.Database | undefined;
  try {
    makePrivate(file);
    database = new Database(file);
    // Only outside tools that read along can keep it busy: the folder is locked.
    database.exec("PRAGMA busy_timeout = 5000");
    database.exec("PRAGMA journal_mode = WAL");
    database.exec("PRAGMA synchronous = FULL");
    const wasSound = repairIndex(database);
    migrate(database, file);
    checkDocuments(database);
    return {
      database,
      notes: wasSound ? [] : [`${file} had a damaged index, which was built anew; nothing was lost.`],
    };
  } catch (error) {
    database?.close();
    if (error instanceof DataFolderError) throw error;
    if (error instanceof Damage) return { damage: error.message };
    const { code = "", message } = error as { code?: string; message: string };
    if (/^SQLITE_(CORRUPT|NOTADB|FORMAT)/.test(code)) return { damage: message };
    throw new DataFolderError(
      `${file} cannot be opened: ${message}. Check that the folder can be read and written and that the disk is not full.`,
      {
        cause: error,
      },
    );
  }
}

/** Makes the file, unless it is there, for this user only; SQLite gives those beside it the same mode. */
function makePrivate(file: string): void {
  try {
    closeSync(openSync(file, "wx", 0o600));
  } catch {
    // It is there, or cannot be made, which opening it tells.
  }
}

class Damage extends Error {}

/** Tells whether all was well already. */
function repairIndex(database: Database.Database): boolean {
  const before = finding(database);
  if (before === undefined) return true;
  try {
    database.exec("REINDEX");
  } catch {
    throw new Damage(before);
  }
  const left = finding(database);
  if (left !== undefined) throw new Damage(left);
  return false;
}

/** What SQLite finds wrong with the structure of the file. */
function finding(database: Database.Database): string | undefined {
  // The check answers "ok", or one line per finding, of which the first is enough.
  const [answer] = database.prepare("PRAGMA integrity_check(1)").raw().get() as [string];
  return answer === "ok" ? undefined : answer;
}

/** What SQLite cannot see, as it knows texts only: that each value is whole. */
function checkDocuments(database: Database.Database): void {
  // A count is one row with one number.
  const [broken] = database
    .prepare("SELECT count(*) FROM documents WHERE NOT json_valid(value)")
    .raw()
    .get() as [number];
  if (broken > 0) throw new Damage(`${broken} unreadable document${broken === 1 ? "" : "s"}`);
}

function moveAside(file: string): string {
  let number = 1;
  while (existsSync(`${file}.damaged-${number}`)) number += 1;
  const kept = `${file}.damaged-${number}`;
  // The log belongs to the file: without it, what is kept would lack the latest changes.
  for (const suffix of ["", "-wal", "-shm"]) {
    if (existsSync(file + suffix)) renameSync(file + suffix, kept + suffix);
  }
  return kept;
}
