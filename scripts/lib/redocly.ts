import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const cli = join(
  dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json")),
  "bin",
  "cli.js",
);

/** What a run of Redocly's command line gave. */
export interface RedoclyRun {
  readonly status: number;
  readonly stdout: string;
  /** Without the framed notice about the version of Node.js. */
  readonly stderr: string;
}

/** Runs Redocly's command line without telemetry. */
export function redocly(args: readonly string[], cwd: string): RedoclyRun {
  const run = spawnSync(process.execPath, [cli, ...args], {
    cwd,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
  });
  if (run.error) throw run.error;
  return { status: run.status ?? 1, stdout: run.stdout, stderr: withoutNotice(run.stderr) };
}

function withoutNotice(text: string): string {
  return text
    .split("\n")
    .filter((line) => !/^\s*[╔║╚]/.test(line))
    .join("\n")
    .trim();
}
