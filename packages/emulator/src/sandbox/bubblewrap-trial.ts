import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

/** Whether bubblewrap can be used here: what a real run of it showed. */
export type BubblewrapTrial =
  | { readonly works: true; readonly program: string; readonly sizes: boolean }
  /** A sentence that says what is missing. */
  | { readonly works: false; readonly reason: string };

let known: Promise<BubblewrapTrial> | undefined;

/** Tries bubblewrap, once for the whole process. */
export function tryBubblewrap(): Promise<BubblewrapTrial> {
  known ??= trial(findProgram("bwrap"));
  return known;
}

/** A program's path among those of PATH and the usual places. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/local/bin", "/usr/bin", "/bin"];
  return folders
    .filter((folder) => folder.startsWith("/"))
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** Makes all the namespaces that functions get, around a program that does nothing. */
async function trial(program: string | undefined): Promise<BubblewrapTrial> {
  if (process.platform !== "linux") return { works: false, reason: `${process.platform} has no namespaces` };
  if (!program) return { works: false, reason: "bubblewrap (bwrap) is not installed" };
  const start = ["--die-with-parent", "--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-net"];
  const view = ["--uid", "1003", "--gid", "1003", "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev"];
  const end = ["--new-session", "--", "/bin/sh", "-c", "exit 0"];
  const run = promisify(execFile);
  try {
    await run(program, [
      ...start,
      ...view,
      "--perms",
      "1777",
      "--size",
      "1048576",
      "--tmpfs",
      "/tmp",
      ...end,
    ]);
    return { works: true, program, sizes: true };
  } catch {
    // An old one knows no sizes; if that is not it, this says what it is.
  }
  try {
    await run(program, [...start, ...view, "--tmpfs", "/tmp", ...end]);
    return { works: true, program, sizes: false };
  } catch (error) {
    const said =
      error instanceof Error && "stderr" in error ? String(error.stderr).trim().split("\n").at(-1) : "";
    return { works: false, reason: `bubblewrap does not work here: ${said || String(error)}` };
  }
}
