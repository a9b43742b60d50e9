import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** A process of this machine. */
export interface LeftProcess {
  readonly pid: number;
  readonly command: string;
}

/** Processes that run with a text in their command line; those that have ended and wait for their parent do not count. */
export async function processesWith(text: string): Promise<readonly LeftProcess[]> {
  const { stdout } = await promisify(execFile)("ps", ["-eo", "pid=,stat=,args="], {
    maxBuffer: 16 * 1024 * 1024,
  });
  return stdout.split("\n").flatMap((line) => {
    const [, pid, state = "", command = ""] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return command.includes(text) && !state.startsWith("Z") ? [{ pid: Number(pid), command }] : [];
  });
}

/** Waits until no process with a text in its command line is left, at most so many milliseconds. @returns those that are left */
export async function noneLeftWith(text: string, most = 5000): Promise<readonly LeftProcess[]> {
  const deadline = performance.now() + most;
  for (;;) {
    const left = await processesWith(text);
    if (left.length === 0 || performance.now() > deadline) return left;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
