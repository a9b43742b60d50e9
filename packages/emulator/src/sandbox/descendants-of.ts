import { execFileSync } from "node:child_process";
import { programPath } from "./program-path.ts";

/** Prints, one a line, the numbers of all that the processes `$groups` have started, and that what they started has, for any POSIX shell. */
export const descendantsScript: string = `ps -A -o pid= -o ppid= | awk -v roots="$groups" '
  BEGIN { count = split(roots, list); for (at = 1; at <= count; at++) root[list[at]] = 1 }
  { parent[$1] = $2 }
  END { for (pid in parent) for (above = parent[pid]; above in parent; above = parent[above]) if (above in root) { print pid; break } }
'`;

/**
 * The processes that descend from some, for systems without /proc. One whose parent has ended descends from nobody any more, so the first
 * one still has to be there.
 */
export function descendantsOf(roots: readonly number[]): number[] {
  try {
    const text = execFileSync("/bin/sh", ["-c", descendantsScript], {
      env: { PATH: programPath(), groups: roots.join(" ") },
      encoding: "latin1",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return text
      .split("\n")
      .map(Number)
      .filter((pid) => pid > 0);
  } catch {
    return [];
  }
}
