import { spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findProgram } from "./bubblewrap-trial.ts";
import { limitPrefix } from "./limit-prefix.ts";

const script = "echo out; echo err >&2; ulimit -n; ulimit -c; ulimit -d; env";
const prlimit = findProgram("prlimit");
const bash = findProgram("bash");

function run(prefix: readonly string[]): string {
  const [command = "", ...rest] = [...prefix, "/bin/sh", "-c", script];
  return spawnSync(command, rest, { env: { A: "1" }, stdio: ["ignore", "pipe", "ignore"], encoding: "utf8" })
    .stdout;
}

describe("The prefix of a command", () => {
  it.skipIf(!prlimit)("sets limits with prlimit", () => {
    const prefix = limitPrefix({ prlimit }, { merge: false, descriptors: 3, dataBytes: 1e9 });
    expect(run(prefix)).toMatch(/^out\n2048\n0\n976562\nA=1\n(PWD=.*\n)?$/);
  });

  it("sets limits with a shell where there is no prlimit, and merges the outputs", () => {
    const prefix = limitPrefix({ prlimit: undefined }, { merge: true, descriptors: 3, dataBytes: 1e9 });
    expect(run(prefix)).toMatch(/^out\nerr\n2048\n0\n976563\nA=1\n(PWD=.*\n)?$/);
  });

  it.skipIf(!bash || process.platform !== "linux")("closes descriptors that are not the program's", () => {
    const open = openSync("/dev/null", "r");
    const stray = { descriptors: [3, 20], shell: bash ?? "" };
    const isOpen = (descriptors: number): boolean => {
      const prefix = limitPrefix({ prlimit, stray }, { merge: false, descriptors });
      const [command = "", ...rest] = [...prefix, "/bin/sh", "-c", "[ -e /proc/$$/fd/3 ]"];
      return spawnSync(command, rest, { stdio: ["ignore", "ignore", "inherit", open] }).status === 0;
    };
    expect([isOpen(3), isOpen(4)]).toEqual([false, true]);
    closeSync(open);
  });
});
