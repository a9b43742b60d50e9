import { spawnSync } from "node:child_process";

// A port that nothing listens on: a request to another host would fail at once instead of passing unnoticed.
const nowhere = "http://127.0.0.1:9";

const environment = {
  ...process.env,
  HTTP_PROXY: nowhere,
  HTTPS_PROXY: nowhere,
  http_proxy: nowhere,
  https_proxy: nowhere,
  DO_NOT_TRACK: "1",
  REDOCLY_TELEMETRY: "off",
  REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
  GOFLAGS: "-mod=mod",
  GOPROXY: "off",
  GOTOOLCHAIN: "local",
  PYTHONDONTWRITEBYTECODE: "1",
};

/** How a command ended, with all that it printed; `missing` when there is no such command on this machine. */
export interface Outcome {
  readonly status: number;
  readonly output: string;
  readonly missing: boolean;
}

/** Runs a command without a way to the network. */
export function runOffline(command: string, args: readonly string[], cwd: string): Outcome {
  const run = spawnSync(command, args, {
    cwd,
    env: environment,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const missing = (run.error as NodeJS.ErrnoException | undefined)?.code === "ENOENT";
  if (run.error && !missing) throw run.error;
  return { status: run.status ?? 1, output: `${run.stdout ?? ""}${run.stderr ?? ""}`, missing };
}
