import { chmod, constants, copyFile, link, mkdir, readdir, readlink, symlink } from "node:fs/promises";
import { join } from "node:path";

/** How the files of a folder come into another. */
export interface PutOptions {
  /** Whether the files may be the same ones under another name, or have to be copies that share nothing. */
  readonly share: boolean;
}

/**
 * Gives a folder the files of another: as links where they are shared and the file system has links, otherwise as copies. Folders that hold
 * copies are then not written to.
 */
export async function putTree(from: string, to: string, { share }: PutOptions): Promise<void> {
  const entries = await readdir(from, { withFileTypes: true });
  await Promise.all(
    entries.map(async (entry) => {
      const source = join(from, entry.name);
      const target = join(to, entry.name);
      if (entry.isDirectory()) {
        await mkdir(target, { recursive: true });
        await putTree(source, target, { share });
      } else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
      else if (share) await link(source, target).catch(() => copyFile(source, target));
      else await copyFile(source, target, constants.COPYFILE_FICLONE);
    }),
  );
  if (!share) await chmod(to, 0o555);
}
