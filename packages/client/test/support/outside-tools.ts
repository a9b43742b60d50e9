import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether a command of the system is at hand. */
export function hasCommand(command: string): boolean {
  return spawnSync(command, ["--help"], { stdio: "ignore" }).status !== null;
}

/** Runs a command of the system and returns what it printed; throws with what it complained of. */
export function run(command: string, ...args: string[]): string {
  return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** Lends a folder that is gone afterwards. */
export async function withFolder<T>(use: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "functiongraph-client-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lends a file with this content. */
export function withFile<T>(
  name: string,
  content: Uint8Array,
  use: (file: string, folder: string) => T,
): Promise<T> {
  return withFolder((folder) => {
    const file = join(folder, name);
    writeFileSync(file, content);
    return use(file, folder);
  });
}
