import { spawn } from "node:child_process";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root } from "./ensure-installed.mjs";
import { quietEnvironment } from "./turbo.mjs";

const redocly = join(root, "node_modules", "@redocly", "cli", "bin", "cli.js");

const colours = process.stdout.isTTY ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" };

/** Lints one description with the project's configuration; gives what Redocly printed, less its notice about the version of Node.js. */
export function lintDescription(description, options = []) {
  return new Promise((resolve, reject) => {
    const args = [redocly, "lint", description, "--config", join("spec", "redocly.yaml"), ...options];
    const child = spawn(process.execPath, args, { cwd: root, env: { ...quietEnvironment, ...colours } });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      const lines = output.split("\n").filter((line) => !/^\s*[╔║╚]/.test(stripVTControlCharacters(line)));
      resolve({ status: code ?? 1, output: `${lines.join("\n").trim()}\n\n` });
    });
  });
}
