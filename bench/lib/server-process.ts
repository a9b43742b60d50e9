import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

/** A server in a process of its own. */
export interface ServerProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** Everything that it had printed when it was ready. */
  readonly output: string;
  /** Milliseconds from the start of the process until it printed its address. */
  readonly startMilliseconds: number;
  stop(): Promise<void>;
}

/** Starts a Node program, in a folder if one is given, and waits until it prints an address that matches, and, with `also`, something more. */
export async function startServerProcess(
  program: string,
  args: readonly string[],
  address: RegExp,
  also = address,
  folder?: string,
): Promise<ServerProcess> {
  const began = performance.now();
  const child = fork(program, args, {
    execArgv: [],
    silent: true,
    env: { ...process.env, NODE_ENV: "production" },
    ...(folder !== undefined && { cwd: folder }),
  });
  const kill = (): unknown => child.kill("SIGKILL");
  process.once("exit", kill);
  let output = "";
  await new Promise<void>((resolve, reject) => {
    const take = (text: Buffer): void => {
      if (address.test(output) && also.test(output)) return;
      output += text;
      if (address.test(output) && also.test(output)) resolve();
    };
    // Some say it on standard error.
    child.stdout?.on("data", take);
    child.stderr?.on("data", take);
    child.once("exit", () => reject(new Error(`${program} did not start: ${output}`)));
  });
  const startMilliseconds = performance.now() - began;
  const url = address.exec(output)?.[1];
  if (url === undefined) throw new Error(`${program} printed no address: ${output}`);
  const stop = async (): Promise<void> => {
    process.off("exit", kill);
    kill();
    await once(child, "exit");
  };
  return { child, url, output, startMilliseconds, stop };
}

/** Megabytes of memory that a process holds, as Linux tells. */
export function residentMegabytes({ child }: ServerProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}
