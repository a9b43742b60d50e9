import { access, constants, mkdir, mkdtemp, realpath, rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listenAlive } from "../sandbox/alive-socket.ts";
import { contentOf, runtimeContent } from "../store/own-content.ts";
import { refuseForeign } from "../store/refuse-foreign.ts";
import { isPlainPath } from "./plain-path.ts";
import { removeLeftovers } from "./remove-leftovers.ts";
import { removeTree } from "./remove-tree.ts";

/** A folder for unpacked code and for the places of instances. */
export interface RuntimeFolder {
  readonly path: string;
  /** For what is worth keeping from one start to the next, such as compiled runners. */
  readonly cache: string;
  remove(): Promise<void>;
}

/**
 * Makes the folder, and removes what an emulator that was killed left behind. It lies in the data folder, if there is one and its path can stand in
 * scripts as it is: bootstraps name their files without quotation marks, where functions see this machine's own paths.
 * @throws DataFolderError if the data folder has a `runtime` that is not the emulator's
 */
export async function openRuntimeFolder(dataFolder: string | undefined): Promise<RuntimeFolder> {
  const parent = await temporaryParent();
  await removeLeftovers(parent);
  if (dataFolder !== undefined) {
    refuseForeign(dataFolder);
    await removeOwn(join(dataFolder, "runtime"));
  }
  const own = dataFolder !== undefined && isPlainPath(await realPathOf(dataFolder));
  const path = own
    ? join(dataFolder, "runtime")
    : await mkdtemp(join(parent, `functiongraph-${process.pid}-`));
  const stopListening = own ? undefined : await listenAlive(path);
  // The code of functions is for this user's eyes only.
  await mkdir(path, { recursive: true, mode: 0o700 });
  await mkdir(join(path, "places"), { recursive: true });
  const cache = join(dataFolder ?? path, "cache");
  return { path: await realpath(path), cache, remove };

  async function remove(): Promise<void> {
    stopListening?.();
    await (own ? removeOwn(path) : removeTree(path));
  }
}

/** Removes what the emulator has made in the data folder's `runtime`, and the folders around it unless there is something else in them. */
async function removeOwn(folder: string): Promise<void> {
  const { own, around } = contentOf(folder, runtimeContent);
  await Promise.all(own.map((path) => removeTree(path)));
  for (const path of [...around, folder]) await rmdir(path).catch(() => undefined);
}

/** The machine's folder for temporary files, unless its path cannot stand in scripts and the usual one is there. */
async function temporaryParent(): Promise<string> {
  for (const parent of [tmpdir(), "/tmp"]) {
    const path = await realpath(parent).catch(() => undefined);
    if (path !== undefined && isPlainPath(path) && (await isWritable(path))) return parent;
  }
  return tmpdir();
}

async function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}

/** The path of a folder without links, which is made if it is not there. */
async function realPathOf(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return realpath(folder);
}
