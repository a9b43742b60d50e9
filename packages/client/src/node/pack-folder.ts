import { type CodePackage, createCodePackage, type ZipOptions } from "../zip/index.ts";
import { readFolder } from "./read-folder.ts";

/** How a folder is packed. */
export interface PackFolderOptions extends ZipOptions {
  /**
   * What to leave out, a folder with all that is in it: `.git` and `.DS_Store` unless given. A name without a slash stands for every file and
   * folder of that name, a path as `test/data` or `./dist` for the one there. A function is asked about every path, as `test/data/a.json`.
   */
  readonly ignore?: readonly string[] | ((path: string) => boolean) | undefined;
}

/** A code package, and what of the folder is not in it. */
export interface PackedFolder extends CodePackage {
  /** Links to something inside of the folder; a function that needs one needs a copy in its place. */
  readonly skippedLinks: readonly string[];
}

/**
 * Packs a folder of the file system into a code package, reproducibly and with executable bits, as 0o755 and 0o644. Follows no link; rejects
 * with a ValidationError for one that leads out of the folder, and for a package over the limit: 50 MB unless another is given.
 */
export async function packFolder(folder: string, options: PackFolderOptions = {}): Promise<PackedFolder> {
  const { ignore = [".git", ".DS_Store"], ...zipOptions } = options;
  const { files, skippedLinks } = await readFolder(
    folder,
    typeof ignore === "function" ? ignore : matchAny(ignore),
  );
  return { ...(await createCodePackage(files, zipOptions)), skippedLinks };
}

function matchAny(patterns: readonly string[]): (path: string) => boolean {
  const rules = patterns.map((pattern) => ({
    name: pattern.replace(/^\.?\/|\/$/g, ""),
    // A slash before the end, as in `test/data` and `./dist`.
    fromRoot: /\/./.test(pattern),
  }));
  return (path) =>
    rules.some(({ name, fromRoot }) => path === name || (!fromRoot && path.endsWith(`/${name}`)));
}
