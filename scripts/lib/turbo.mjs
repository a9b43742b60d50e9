import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./ensure-installed.mjs";

/** The environment of every tool: no telemetry, no update notices. */
export const quietEnvironment = {
  ...process.env,
  REDOCLY_TELEMETRY: "off",
  REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
  TURBO_TELEMETRY_DISABLED: "1",
  TURBO_NO_UPDATE_NOTIFIER: "1",
  DO_NOT_TRACK: "1",
};

const binary = join(root, "node_modules", "turbo", "bin", "turbo");

/** Runs `turbo` with these arguments and gives its exit code; what it prints is shown. */
export function turbo(...args) {
  const run = spawnSync(process.execPath, [binary, ...args], {
    cwd: root,
    stdio: "inherit",
    env: quietEnvironment,
  });
  return run.status ?? 1;
}

/** Runs `turbo` with these arguments and gives its exit code and what it printed. */
export function turboQuietly(...args) {
  const run = spawnSync(process.execPath, [binary, ...args], {
    cwd: root,
    encoding: "utf8",
    env: quietEnvironment,
  });
  return { status: run.status ?? 1, output: `${run.stdout ?? ""}${run.stderr ?? ""}` };
}
