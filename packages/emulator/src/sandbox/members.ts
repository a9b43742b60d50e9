import { readdirSync, statSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { markedProcesses } from "./marker.ts";

/** Knows which processes a launched one has become, as their folders in /proc. */
export interface Members {
  /** @param anew whether to look now, and not to go by what was seen a moment ago */
  folders(anew?: boolean): readonly string[];
}

/** Folders are looked up again after so many milliseconds; in between, those that are known are measured. */
const freshFor = 100;

/**
 * The processes of a PID namespace, seen through its own /proc, which shows no others.
 * @param firstPid process 1 of the namespace, by its number outside
 */
export function namespaceMembers(firstPid: number): Members {
  const folder = `/proc/${firstPid}/root/proc`;
  const here = deviceOf("/proc");
  return remembering(() => {
    // Until it has its own root it has this machine's, where all other processes are.
    const there = deviceOf(folder);
    if (there === undefined || there === here) return [];
    const entries = entriesOf(folder);
    // Process 1 is the sandbox's own.
    return entries
      .filter((entry) => /^\d+$/.test(entry) && entry !== "1")
      .map((entry) => `${folder}/${entry}`);
  });
}

/** The processes that carry a mark. */
export function markedMembers(mark: string): Members {
  return remembering(() => markedProcesses(mark).map((pid) => `/proc/${pid}`));
}

/** Looks no more often than makes sense, and never spends more than a twentieth of the time on it. */
function remembering(look: () => readonly string[]): Members {
  let known: readonly string[] = [];
  let due = 0;
  return {
    folders(anew = false) {
      const start = performance.now();
      if (anew || start >= due) {
        known = look();
        const end = performance.now();
        due = end + Math.max(known.length > 0 ? freshFor : 0, 20 * (end - start));
      }
      return known;
    },
  };
}

function deviceOf(path: string): number | undefined {
  try {
    return statSync(path).dev;
  } catch {
    return undefined;
  }
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
