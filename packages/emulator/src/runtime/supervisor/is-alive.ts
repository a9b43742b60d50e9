import { readFileSync } from "node:fs";

/** Whether a process runs; one that has ended and whose end nobody has read yet does not. Where this machine cannot tell, it does. */
export function isAlive(pid: number | undefined): boolean {
  if (process.platform !== "linux" || pid === undefined) return true;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return !"ZX".includes(stat.charAt(stat.lastIndexOf(")") + 2));
  } catch {
    return false;
  }
}
