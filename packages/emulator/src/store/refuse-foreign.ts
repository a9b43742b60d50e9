import { lstatSync, type Stats } from "node:fs";
import { basename, dirname, join } from "node:path";
import { DataFolderError } from "./data-folder-error.ts";
import { contentOf, type OwnEntry, packagesContent, runtimeContent } from "./own-content.ts";
import { unusableFolder } from "./unusable-folder.ts";

/**
 * Sees to it that the folders which the emulator empties are its own: somebody's project may have folders of the same names. Nothing is made or
 * removed here.
 * @throws DataFolderError that names what is not the emulator's
 */
export function refuseForeign(dataFolder: string): void {
  refuse(join(dataFolder, "runtime"), runtimeContent);
  refuse(join(dataFolder, "packages"), packagesContent);
}

function refuse(folder: string, expected: readonly OwnEntry[]): void {
  const dataFolder = dirname(folder);
  const stats = statsOf(folder);
  if (!stats) return;
  try {
    // A link is not followed: two data folders could have the same packages then, and one would remove those of the other.
    if (!stats.isDirectory())
      throw Object.assign(new Error("not a folder"), { code: "EEXIST", path: folder });
    const [foreign] = contentOf(folder, expected).foreign;
    if (foreign === undefined) return;
    throw new DataFolderError(
      `The data folder ${dataFolder} cannot be used: ${foreign} is not the emulator's and is left alone, and the emulator needs ${basename(folder)} for itself. Choose another data folder, or move ${folder} away.`,
    );
  } catch (error) {
    throw error instanceof DataFolderError ? error : unusableFolder(dataFolder, error);
  }
}

function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    // Not there. What is wrong above it is told by whoever opens the data folder.
    return undefined;
  }
}
