import { join } from "node:path";
import { root } from "./ensure-installed.mjs";

/** The command that lints these descriptions with the project's configuration. */
export function lintCommand(descriptions) {
  const redocly = join(root, "node_modules", "@redocly", "cli", "bin", "cli.js");
  return { command: process.execPath, args: [redocly, "lint", ...descriptions, "--config", join(root, "spec", "redocly.yaml")] };
}
