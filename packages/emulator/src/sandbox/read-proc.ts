import { closeSync, openSync, readSync } from "node:fs";

const space = Buffer.allocUnsafe(128 * 1024);

/** The text of a small file of /proc, at most 128 KB of it; undefined when the process is gone or may not be read. */
export function readProc(path: string): string | undefined {
  try {
    const file = openSync(path, "r");
    try {
      return space.toString("latin1", 0, readSync(file, space, 0, space.length, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}
