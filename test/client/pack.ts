import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

/** Tarballs by the folders of their packages: several test files ask for the same one, and npm takes a second for it. */
const packed = new Map<string, { readonly name: string; readonly bytes: Uint8Array }>();

/** Packs the package in a folder as it would be published, once while this program runs, and gives the tarball's path. */
export function pack(folder: string, destination: string): string {
  const known = packed.get(folder);
  if (known) {
    const copy = join(destination, known.name);
    writeFileSync(copy, known.bytes);
    return copy;
  }
  const options = ["--ignore-scripts", "--silent", "--pack-destination", destination];
  const tarball = join(destination, run("npm", ["pack", ...options], folder).trim());
  packed.set(folder, { name: basename(tarball), bytes: readFileSync(tarball) });
  return tarball;
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
