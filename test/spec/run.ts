import { spawn } from "node:child_process";

/** What a command printed, both streams in their order, and its exit code. */
export interface Run {
  readonly status: number;
  readonly output: string;
}

/** Runs a command to its end, without telemetry and without colours. */
export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: {
        ...process.env,
        NO_COLOR: "1",
        FORCE_COLOR: "0",
        NODE_NO_WARNINGS: "1",
        npm_config_loglevel: "silent",
        ...env,
      },
    });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ status: code ?? 1, output }));
  });
}
