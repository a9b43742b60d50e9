import { readdirSync } from "node:fs";
import { readProc } from "./read-proc.ts";

/**
 * Variable by which processes of a sandbox are found again whatever group or session they have moved to. Where the level is `namespaces` only
 * the sandbox's own processes have it, otherwise the function's too.
 */
export const markerVariable = "FUNCTIONGRAPH_INSTANCE";

const pattern = new RegExp(`(?:^|\\0)${markerVariable}=([^\\0]*)`);

/** Process IDs of this machine whose mark is one of those wanted; none where there is no /proc. */
export function marksOf(wanted: (mark: string) => boolean): number[] {
  let entries: string[];
  try {
    entries = readdirSync("/proc");
  } catch {
    return [];
  }
  const found: number[] = [];
  for (const entry of entries) {
    if (!/^\d+$/.test(entry)) continue;
    const [, mark] = pattern.exec(readProc(`/proc/${entry}/environ`) ?? "") ?? [];
    if (mark !== undefined && wanted(mark)) found.push(Number(entry));
  }
  return found;
}

/** Kills what carries a mark until nothing is left, for a process may start another just before its end. */
export function killMarked(mark: string): void {
  for (let round = 0; round < 5; round++) {
    const pids = marksOf((found) => found === mark);
    if (pids.length === 0) return;
    for (const pid of pids) killQuietly(pid);
  }
}

/** Sends SIGKILL to a process, or to a group with a negative number; to none that is gone or another user's. */
export function killQuietly(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Gone already.
  }
}
