import type Database from "libsql";
import { DataFolderError } from "./data-folder-error.ts";

/** "fgem": marks a database as the emulator's own, so that no other is ever written into. */
const applicationId = 0x6667656d;

/** What brings a database from each version to the next one. Entries are only ever added, at the end. */
const migrations: readonly string[] = [
  // The values are too large for WITHOUT ROWID to pay: lists and counts would have to walk through them.
  `CREATE TABLE documents (
    collection TEXT NOT NULL,
    project TEXT NOT NULL,
    id TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (collection, project, id)
  )`,
];

/**
 * Brings a database to the current version, each step in a transaction of its own with the version it leads to.
 * @throws DataFolderError for a database of a newer emulator or of another program
 */
export function migrate(database: Database.Database, file: string): void {
  const version = pragmaNumber(database, "user_version");
  const owner = pragmaNumber(database, "application_id");
  const [tables] = database.prepare("SELECT count(*) FROM sqlite_schema").raw().get() as [number];
  if (owner !== applicationId && (owner !== 0 || tables > 0)) {
    throw new DataFolderError(
      `${file} is the database of another program and is left alone. Choose another data folder.`,
    );
  }
  if (version > migrations.length) {
    throw new DataFolderError(
      `${file} was written by a newer emulator (format ${version}; this one knows formats up to ${migrations.length}). Update the emulator, or choose another data folder.`,
    );
  }
  for (const [at, step] of migrations.entries()) {
    if (at < version) continue;
    database.exec("BEGIN IMMEDIATE");
    database.exec(step);
    database.exec(`PRAGMA application_id = ${applicationId}`);
    database.exec(`PRAGMA user_version = ${at + 1}`);
    database.exec("COMMIT");
  }
}

function pragmaNumber(database: Database.Database, name: string): number {
  // These pragmas answer one row with one whole number.
  return (database.prepare(`PRAGMA ${name}`).raw().get() as [number])[0];
}
