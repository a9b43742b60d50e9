import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { programPath } from "../../sandbox/program-path.ts";

/**
 * All programs of a name in the folders of a PATH, in their order: the first may be a shim that has nothing behind it.
 * @param path the emulator's PATH and the usual places, if it is left out
 */
export function programsInPath(name: string, path?: string): string[] {
  return [...new Set((path ?? programPath()).split(delimiter))]
    .filter((folder) => isAbsolute(folder))
    .map((folder) => join(folder, name))
    .filter(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
