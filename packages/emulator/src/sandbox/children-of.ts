import { readdirSync } from "node:fs";
import { readProc } from "./read-proc.ts";

/** The processes that a process has started, by their numbers here. */
export function childrenOf(pid: number): number[] {
  const told = readProc(`/proc/${pid}/task/${pid}/children`);
  if (told !== undefined) return told.trim().split(" ").filter(Boolean).map(Number);
  // This kernel does not tell. Children mostly have the next number.
  if (parentOf(pid + 1) === pid) return [pid + 1];
  try {
    return readdirSync("/proc")
      .map(Number)
      .filter((other) => other > 0 && parentOf(other) === pid);
  } catch {
    return [];
  }
}

function parentOf(pid: number): number | undefined {
  // The name, in parentheses, may itself have some.
  const [, parent] = /^\d+ \(.*\) \S (\d+) /s.exec(readProc(`/proc/${pid}/stat`) ?? "") ?? [];
  return parent === undefined ? undefined : Number(parent);
}
