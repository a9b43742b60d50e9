import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { findProgram } from "./bubblewrap-trial.ts";

let known: Promise<string | undefined> | undefined;

/**
 * Path of a setpriv (util-linux) that lets the kernel kill a program when its parent is gone, if there is one: that of Busybox cannot. What the
 * program has started is the keeper's; this is for what somebody kills together with the keeper.
 */
export function findDeathSignal(): Promise<string | undefined> {
  known ??= trial(process.platform === "linux" ? findProgram("setpriv") : undefined);
  return known;
}

async function trial(program: string | undefined): Promise<string | undefined> {
  if (!program) return undefined;
  const [path = "", ...options] = deathSignalPrefix(program);
  try {
    await promisify(execFile)(path, [...options, "/bin/sh", "-c", "exit 0"], { timeout: 10_000 });
    return program;
  } catch {
    return undefined;
  }
}

/** What to put before a command that is to be killed when the thread that starts it is gone. */
export function deathSignalPrefix(setpriv: string): string[] {
  return [setpriv, "--pdeathsig", "KILL", "--"];
}
