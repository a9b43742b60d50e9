import { lstatSync, type Stats, statSync } from "node:fs";
import { dirname } from "node:path";
import { DataFolderError } from "./data-folder-error.ts";
import { diskFullError } from "./disk-full-error.ts";

/** Says in one sentence what keeps a data folder from being used, and in another what to do about it. */
export function unusableFolder(folder: string, error: unknown): DataFolderError {
  const found = error instanceof Error ? error : new Error(String(error));
  return new DataFolderError(`The data folder ${folder} cannot be used: ${reason(folder, found)}`, {
    cause: error,
  });
}

const otherwise = "or choose another data folder";

function reason(folder: string, error: NodeJS.ErrnoException & { readonly dest?: string }): string {
  // Of a renaming, what is in the way is at its destination.
  const { path, stats } = nearest(error.dest ?? error.path ?? folder);
  if (diskFullError(error)) return `its disk is full. Make room, ${otherwise}.`;
  switch (error.code) {
    case "EEXIST":
    case "ENOTDIR":
    case "EISDIR":
    case "ENOTEMPTY":
      return `${path} is in the way, as it is ${kindOf(path, stats)}. Move it away, ${otherwise}.`;
    case "EACCES":
    case "EPERM":
      return `this user may not write at ${path}. Allow it, ${otherwise}.`;
    case "EROFS":
      return `the file system at ${path} is read-only. Make it writable, ${otherwise}.`;
    case "ENOENT":
      return `no folder can be made in ${path}. Choose another data folder.`;
    case "SQLITE_NOTADB":
      // Of the database itself, openDatabase makes up for it.
      return `its file lock is not the emulator's. Move it away, ${otherwise}.`;
    default:
      return `${error.message}. Check that it can be read and written, ${otherwise}.`;
  }
}

/** The path itself, or what is there of those above it: where an operation came to its end. */
function nearest(path: string): { readonly path: string; readonly stats: Stats | undefined } {
  for (let at = path; ; at = dirname(at)) {
    const stats = statsOf(at);
    if (stats || at === dirname(at)) return { path: at, stats };
  }
}

function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    // Not there, or below something that is no folder or lets nobody look inside.
    return undefined;
  }
}

function kindOf(path: string, stats: Stats | undefined): string {
  if (stats?.isDirectory()) return "a folder";
  if (stats?.isSymbolicLink()) return leadsToFolder(path) ? "a link" : "a link that leads to no folder";
  return stats?.isFile() ? "a file" : "no folder";
}

function leadsToFolder(link: string): boolean {
  try {
    return statSync(link).isDirectory();
  } catch {
    return false;
  }
}
