import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { programPath } from "./program-path.ts";

/** Whether bubblewrap can be used here: what a real run of it showed. */
export type BubblewrapTrial =
  | {
      readonly works: true;
      readonly program: string;
      /** Whether it can limit the size of a tmpfs. */
      readonly sizes: boolean;
      /** Whether it can keep programs from making user namespaces of their own. */
      readonly locks: boolean;
    }
  /** A sentence that says what is missing. */
  | { readonly works: false; readonly reason: string };

let known: Promise<BubblewrapTrial> | undefined;

/** Tries bubblewrap, once for the whole process. @param patience milliseconds that it may take */
export function tryBubblewrap(patience = 10_000): Promise<BubblewrapTrial> {
  known ??= trial(findProgram("bwrap"), patience);
  return known;
}

/** A program's path among those of PATH and the usual places. */
export function findProgram(name: string): string | undefined {
  return programPath()
    .split(delimiter)
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
async function trial(program: string | undefined, patience: number): Promise<BubblewrapTrial> {
  if (process.platform !== "linux") return { works: false, reason: `${process.platform} has no namespaces` };
  if (!program) return { works: false, reason: "bubblewrap (bwrap) is not installed" };
  const start = ["--die-with-parent", "--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-net"];
  const view = ["--uid", "1003", "--gid", "1003", "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev"];
  const end = [
    "--cap-drop",
    "ALL",
    "--remount-ro",
    "/proc",
    "--new-session",
    "--",
    "/bin/sh",
    "-c",
    "exit 0",
  ];
  const run = promisify(execFile);
  let problem: unknown;
  // An old one knows no sizes, one that is less old no locks; what is wrong besides is what the last try says.
  for (const { sizes, locks } of [
    { sizes: true, locks: true },
    { sizes: true, locks: false },
    { sizes: false, locks: false },
  ]) {
    const size = sizes ? ["--perms", "1777", "--size", "1048576"] : [];
    const lock = locks ? ["--disable-userns"] : [];
    try {
      await run(program, [...start, ...lock, ...view, ...size, "--tmpfs", "/tmp", ...end], {
        timeout: patience,
        killSignal: "SIGKILL",
      });
      return { works: true, program, sizes, locks };
    } catch (error) {
      problem = error;
      // It would hang another time.
      if (error instanceof Error && "killed" in error && error.killed)
        return {
          works: false,
          reason: `bubblewrap does not work here: ${program} has not ended within ${patience / 1000} s`,
        };
    }
  }
  const said =
    problem instanceof Error && "stderr" in problem ? String(problem.stderr).trim().split("\n").at(-1) : "";
  return { works: false, reason: `bubblewrap does not work here: ${said || String(problem)}` };
}
