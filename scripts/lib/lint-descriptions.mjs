import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root } from "./ensure-installed.mjs";
import { quietEnvironment } from "./turbo.mjs";

const redocly = join(root, "node_modules", "@redocly", "cli", "bin", "cli.js");
const colours = process.stdout.isTTY ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" };

/** Lints descriptions with the project's configuration; gives what Redocly printed, less its notice about the version of Node.js. */
export function lintDescriptions(descriptions, options = []) {
  const args = [redocly, "lint", ...descriptions, "--config", join("spec", "redocly.yaml"), ...options];
  const run = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
    env: { ...quietEnvironment, ...colours },
  });
  if (run.error) throw run.error;
  const lines = `${run.stdout}${run.stderr}`.split("\n");
  const kept = lines.filter((line) => !/^\s*[╔║╚]/.test(stripVTControlCharacters(line)));
  return { status: run.status ?? 1, output: `${kept.join("\n").trim()}\n` };
}
