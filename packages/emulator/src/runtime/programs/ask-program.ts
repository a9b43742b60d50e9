import { type ChildProcess, spawn } from "node:child_process";
import { programPath } from "../../sandbox/program-path.ts";

/** Milliseconds that a program may take to say what it is; the slowest shims need a second. */
const patience = 10_000;
/** Bytes that it may say. */
const mostSaid = 1024 * 1024;

/** What a program has said. */
export interface Said {
  readonly stdout: string;
  readonly stderr: string;
}

/** How a program is asked. */
export interface Asking {
  /** But for PATH, which is the emulator's with the usual places behind it. Default: the emulator's. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Ends it when nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
}

/** Those that run, which end with the emulator at the latest. */
const running = new Set<ChildProcess>();

/**
 * Runs a program of this machine, a shim perhaps, to learn what it is. It is in a process group of its own, so that what a shim has started
 * ends with it when the time is over.
 * @throws Error when it cannot be started, fails, says too much, or takes more than ten seconds
 */
export function askProgram(
  program: string,
  args: readonly string[],
  { environment = process.env, signal }: Asking = {},
): Promise<Said> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const child = spawn(program, args, {
      // A shim starts others by name.
      env: { ...environment, PATH: programPath() },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    if (running.size === 0) process.once("exit", endAll);
    running.add(child);
    const said = { stdout: "", stderr: "" };
    const over = (error?: Error): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      if (error) endGroup(child);
      running.delete(child);
      if (running.size === 0) process.off("exit", endAll);
      if (error) reject(error);
      else resolve(said);
    };
    const abort = (): void => over(new Error("the emulator is being stopped"));
    const timer = setTimeout(
      () => over(new Error(`${program} has not answered within ${patience / 1000} s`)),
      patience,
    ).unref();
    signal?.addEventListener("abort", abort, { once: true });
    for (const name of ["stdout", "stderr"] as const)
      child[name].setEncoding("utf8").on("data", (text: string) => {
        said[name] += text;
        if (said[name].length > mostSaid) over(new Error(`${program} does not stop talking`));
      });
    child.once("error", over);
    child.once("close", (code, by) =>
      over(code === 0 ? undefined : new Error(`${program} ended ${by ? `by ${by}` : `with code ${code}`}`)),
    );
  });
}

function endAll(): void {
  for (const child of running) endGroup(child);
}

function endGroup(child: ChildProcess): void {
  // Its pipes may be in the hands of processes that have left the group.
  child.stdout?.destroy();
  child.stderr?.destroy();
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // It is gone.
  }
}
