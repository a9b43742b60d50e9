import { mkdir, mkdtemp, readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for unpacked code and for the places of instances. */
export interface RuntimeFolder {
  readonly path: string;
  /** For what is worth keeping from one start to the next, such as compiled runners. */
  readonly cache: string;
  remove(): Promise<void>;
}

/** Folders of emulators without a data folder; the number is that of the process. */
const name = /^functiongraph-(\d+)-/;

/** Makes the folder, and removes what an emulator that was killed left behind. */
export async function openRuntimeFolder(dataFolder: string | undefined): Promise<RuntimeFolder> {
  const path = dataFolder === undefined ? await temporaryFolder() : join(dataFolder, "runtime");
  await rm(path, { recursive: true, force: true });
  await mkdir(join(path, "places"), { recursive: true });
  const cache = dataFolder === undefined ? join(path, "cache") : join(dataFolder, "cache");
  return { path: await realpath(path), cache, remove: () => rm(path, { recursive: true, force: true }) };
}

async function temporaryFolder(): Promise<string> {
  const parent = tmpdir();
  for (const entry of await readdir(parent)) {
    const pid = Number(name.exec(entry)?.[1]);
    if (pid && !isRunning(pid))
      await rm(join(parent, entry), { recursive: true, force: true }).catch(() => undefined);
  }
  return mkdtemp(join(parent, `functiongraph-${process.pid}-`));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's runs too.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
