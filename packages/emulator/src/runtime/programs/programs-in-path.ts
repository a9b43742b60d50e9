import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

const usualPlaces = ["/usr/local/bin", "/usr/bin", "/bin"];

/**
 * All programs of a name in the folders of a PATH, in their order: the first may be a shim that has nothing behind it.
 * @param path the emulator's PATH and the usual places, if it is left out
 */
export function programsInPath(name: string, path?: string): string[] {
  const folders = path?.split(delimiter) ?? [...(process.env.PATH ?? "").split(delimiter), ...usualPlaces];
  return [...new Set(folders)]
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
