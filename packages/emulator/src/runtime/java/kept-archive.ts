import { createHash, randomBytes } from "node:crypto";
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Looks in folders for an archive that `keepArchive` has put there under this name. Its file's name ends with a digest of its content: a
 * damaged one is removed.
 */
export async function findArchive(folders: readonly string[], name: string): Promise<string | undefined> {
  for (const folder of folders) {
    const files = await readdir(folder).catch((): string[] => []);
    for (const file of files.filter((each) => each.startsWith(`${name}-`) && each.endsWith(".jar"))) {
      const path = join(folder, file);
      const bytes = await readFile(path).catch(() => undefined);
      if (bytes && file === fileName(name, bytes)) return path;
      await rm(path, { force: true }).catch(() => undefined);
    }
  }
  return undefined;
}

/**
 * Puts an archive into all of the folders that are there and take it, whole or not at all.
 * @returns its path in the first of them
 * @throws Error when there is none
 */
export async function keepArchive(
  folders: readonly string[],
  name: string,
  bytes: Uint8Array,
): Promise<string> {
  let kept: string | undefined;
  let failure: unknown;
  for (const folder of folders) {
    const path = join(folder, fileName(name, bytes));
    const draft = `${path}.${randomBytes(4).toString("hex")}`;
    try {
      await writeFile(draft, bytes, { mode: 0o444 });
      await rename(draft, path);
      kept ??= path;
    } catch (error) {
      failure ??= error;
      await rm(draft, { force: true }).catch(() => undefined);
    }
  }
  if (kept === undefined) throw failure;
  return kept;
}

function fileName(name: string, bytes: Uint8Array): string {
  return `${name}-${createHash("sha256").update(bytes).digest("hex").slice(0, 32)}.jar`;
}
