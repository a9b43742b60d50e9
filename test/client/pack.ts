import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

/** Packs the package in a folder as it would be published, and gives the tarball's path. */
export function pack(folder: string, destination: string): string {
  const options = ["--ignore-scripts", "--silent", "--pack-destination", destination];
  return join(destination, run("npm", ["pack", ...options], folder).trim());
}

/** Unpacks a tarball of npm into a folder, which is made. */
export function unpack(tarball: string, target: string): void {
  mkdirSync(target, { recursive: true });
  run("tar", ["-xzf", tarball, "-C", target, "--strip-components=1"], target);
}

function run(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr}`);
  return stdout;
}
