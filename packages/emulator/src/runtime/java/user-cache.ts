import { existsSync, mkdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/**
 * The folder of this user for what programs can make anew, made if it is not there; undefined where there is none that this user alone can write
 * to: what is kept there is run.
 */
export function userCacheFolder(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  try {
    const parent = usualFolder(environment);
    const folder = join(parent, "functiongraph-emulator");
    // Users without a home have paths of folders that are not there, and that nobody wants.
    for (const path of [parent, folder]) if (!existsSync(path)) mkdirSync(path, { mode: 0o700 });
    const { uid, mode } = statSync(folder);
    const isOwn = process.getuid === undefined || uid === process.getuid();
    return isOwn && (mode & 0o022) === 0 ? folder : undefined;
  } catch {
    return undefined;
  }
}

function usualFolder({ XDG_CACHE_HOME, LOCALAPPDATA }: NodeJS.ProcessEnv): string {
  // The specification of these variables says that relative paths do not count.
  if (XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME)) return XDG_CACHE_HOME;
  if (process.platform === "win32" && LOCALAPPDATA) return LOCALAPPDATA;
  return process.platform === "darwin" ? join(homedir(), "Library", "Caches") : join(homedir(), ".cache");
}
