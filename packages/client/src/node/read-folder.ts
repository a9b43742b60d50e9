import { constants } from "node:fs";
import { lstat, open, readdir, readlink, realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { ValidationError } from "../errors/validation-error.ts";
import type { PackageFile } from "../zip/index.ts";

/** The files of a folder by their paths inside of it, and the links in it that were passed over. */
export interface FolderContent {
  readonly files: Map<string, PackageFile>;
  readonly skippedLinks: string[];
}

/**
 * Reads all files below a folder but the ignored ones, with their executable bits. Links are not followed: rejects with a ValidationError for
 * one that leads out of the folder, and for what is neither a file nor a folder.
 */
export async function readFolder(folder: string, ignored: (path: string) => boolean): Promise<FolderContent> {
  const root = await realpath(folder);
  if (!(await lstat(root)).isDirectory())
    throw new ValidationError("folder", `${folder} is a file; name the folder that it is in`);
  const content: FolderContent = { files: new Map(), skippedLinks: [] };
  const walk = async (parent: string): Promise<void> => {
    for (const item of await readdir(join(root, parent), { withFileTypes: true })) {
      const path = parent === "" ? item.name : `${parent}/${item.name}`;
      if (ignored(path)) continue;
      if (item.isDirectory()) {
        await walk(path);
      } else if (item.isSymbolicLink()) {
        await checkLink(root, path);
        content.skippedLinks.push(path);
      } else if (item.isFile()) {
        content.files.set(path, await readRegularFile(root, path));
      } else {
        throw new ValidationError(path, "it is neither a file nor a folder; name it in ignore");
      }
    }
  };
  await walk("");
  return content;
}

async function checkLink(root: string, path: string): Promise<void> {
  const link = join(root, path);
  const target = await readlink(link);
  // A link to nothing has no real path; it is judged by what it says.
  const end = await realpath(link).catch(() => resolve(dirname(link), target));
  const inside = relative(root, end);
  if (inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    throw new ValidationError(
      path,
      `it is a link out of the folder, to ${target}; copy the files in or name it in ignore`,
    );
  }
}

async function readRegularFile(root: string, path: string): Promise<PackageFile> {
  // Opened without following, so that a link put in its place meanwhile is refused; Windows has no such flag.
  const file = await open(join(root, path), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    const { mode } = await file.stat();
    return { content: await file.readFile(), mode: mode & 0o111 ? 0o755 : 0o644 };
  } finally {
    await file.close();
  }
}
