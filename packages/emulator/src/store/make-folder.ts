import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder, unless it is there, and those above it that are missing. One by one, as Node's recursive mkdir never returns from a file
 * system that takes no folders, such as /proc.
 * @param mode who may use it, where it has to be made; others are stopped by the system's mask only
 * @throws the system's error, whose `path` is the folder that could not be made
 */
export function makeFolder(path: string, mode = 0o777): void {
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
    const parent = dirname(path);
    // mkdirSync fails with the system's error, which has a code. What has no parent is a drive that is missing.
    const lacksParent = (error as NodeJS.ErrnoException).code === "ENOENT" && !existsSync(parent);
    if (!lacksParent || parent === path) throw error;
    makeFolder(parent);
    makeFolder(path, mode);
  }
}
