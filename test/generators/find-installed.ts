import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

/** The real path of something in the nearest `node_modules`, seen from a file or folder. */
export function findInstalled(name: string, from: string = here): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(candidate)) return realpathSync(candidate);
    if (folder === dirname(folder)) throw new Error(`${name} is not installed: run npm ci.`);
  }
}

/** The script behind a command of an installed package. */
export function findCommand(name: string): string {
  return findInstalled(join(".bin", name));
}
