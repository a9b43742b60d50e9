import { spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findProgram } from "./bubblewrap-trial.ts";
import { findDeathSignal } from "./death-signal.ts";
import { limitPrefix } from "./limit-prefix.ts";

const script = "echo out; echo err >&2; ulimit -n; ulimit -c; ulimit -d; env";
const prlimit = findProgram("prlimit");
const bash = findProgram("bash");
const setpriv = await findDeathSignal();

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

  it.skipIf(process.platform !== "linux").each([
    { name: "prlimit", tools: { prlimit }, merge: false, works: prlimit },
    { name: "a small shell", tools: { prlimit: undefined }, merge: true, works: true },
    {
      name: "bash",
      tools: { prlimit, stray: { descriptors: [9], shell: bash ?? "" } },
      merge: false,
      works: bash,
    },
  ])("marks a program by its limit of locks with $name", ({ tools, merge, works }) => {
    if (!works) return;
    const prefix = limitPrefix(tools, { merge, descriptors: 3, locks: "123456789012000001" });
    const [command = "", ...rest] = [...prefix, "/usr/bin/env", "-i", "grep", "locks", "/proc/self/limits"];
    expect(spawnSync(command, rest, { encoding: "utf8" }).stdout).toMatch(/locks +(123456789012000001 +){2}/);
  });

  it.skipIf(!setpriv).each([
    { name: "prlimit", tools: { prlimit, setpriv }, merge: false },
    { name: "a shell", tools: { prlimit: undefined, setpriv }, merge: true },
  ])("has a program killed with its parent, if that is wanted, with $name", ({ tools, merge }) => {
    const dump = (diesWithParent: boolean): string => {
      const prefix = limitPrefix(tools, { merge, descriptors: 3, diesWithParent });
      const [command = "", ...rest] = [...prefix, setpriv ?? "", "--dump"];
      return spawnSync(command, rest, { encoding: "utf8" }).stdout;
    };
    expect(dump(true)).toMatch(/death signal: \[?KILL/i);
    expect(dump(false)).toMatch(/death signal: \[?none/i);
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
