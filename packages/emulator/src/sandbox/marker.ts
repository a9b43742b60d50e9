import { readdirSync } from "node:fs";
import { readProc } from "./read-proc.ts";

/**
 * Variable by which processes of a sandbox are found again whatever group or session they have moved to. Where the level is `namespaces` only
 * the sandbox's own processes have it, otherwise the function's too.
 */
export const markerVariable = "FUNCTIONGRAPH_INSTANCE";

const variable = new RegExp(`(?:^|\\0)${markerVariable}=([^\\0]*)`);
const locks = /^Max file locks +(\d+) /m;
const countDigits = 6;

/**
 * The mark as a limit on file locks (RLIMIT_LOCKS), a number which Linux keeps for every process and has heeded in no version since 2.4. What
 * a function starts inherits it, also with an environment, a session and a parent of its own. Nothing for a mark that is no number.
 */
export function lockLimitOf(mark: string): string | undefined {
  const [, sandbox, count = ""] = /^(\d{12})\.(\d+)$/.exec(mark) ?? [];
  return sandbox && sandbox + count.padStart(countDigits, "0").slice(-countDigits);
}

/** A pattern of grep for the limits of all processes whose marks begin with a sandbox's. */
export const lockLimitPattern = (sandbox: string): string =>
  `^Max file locks +${sandbox}[0-9]{${countDigits}} `;

/** Whether limits can be marks here: there are such, and this program may give any number. */
export function canMarkLimits(): boolean {
  return /^Max file locks +unlimited +unlimited /m.test(readProc("/proc/self/limits") ?? "");
}

/** Process IDs of this machine that carry a mark; none where there is no /proc. */
export function markedProcesses(mark: string): number[] {
  const limit = lockLimitOf(mark);
  return processes().filter((pid) => {
    if (limit !== undefined && locks.exec(readProc(`/proc/${pid}/limits`) ?? "")?.[1] === limit) return true;
    return variable.exec(readProc(`/proc/${pid}/environ`) ?? "")?.[1] === mark;
  });
}

/** Kills what carries a mark until nothing is left, for a process may start another just before its end. */
export function killMarked(mark: string): void {
  for (let round = 0; round < 5; round++) {
    const pids = markedProcesses(mark);
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

function processes(): number[] {
  try {
    return readdirSync("/proc")
      .map(Number)
      .filter((pid) => pid > 0);
  } catch {
    return [];
  }
}
