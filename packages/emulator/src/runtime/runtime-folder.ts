import { mkdir, mkdtemp, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listenAlive } from "../sandbox/alive-socket.ts";
import { removeLeftovers } from "./remove-leftovers.ts";
import { removeTree } from "./remove-tree.ts";

/** A folder for unpacked code and for the places of instances. */
export interface RuntimeFolder {
  readonly path: string;
  /** For what is worth keeping from one start to the next, such as compiled runners. */
  readonly cache: string;
  remove(): Promise<void>;
}

/** Makes the folder, and removes what an emulator that was killed left behind. */
export async function openRuntimeFolder(dataFolder: string | undefined): Promise<RuntimeFolder> {
  const parent = tmpdir();
  await removeLeftovers(parent);
  const path =
    dataFolder === undefined
      ? await mkdtemp(join(parent, `functiongraph-${process.pid}-`))
      : join(dataFolder, "runtime");
  if (dataFolder !== undefined) await removeTree(path);
  const stopListening = dataFolder === undefined ? await listenAlive(path) : undefined;
  await mkdir(join(path, "places"), { recursive: true });
  const cache = dataFolder === undefined ? join(path, "cache") : join(dataFolder, "cache");
  return { path: await realpath(path), cache, remove };

  async function remove(): Promise<void> {
    stopListening?.();
    await removeTree(path);
  }
}
