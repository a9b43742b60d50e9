import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, describe, expect, it } from "vitest";
import { sandboxRoot } from "../../test/support/sandbox-place.ts";
import { removeLeftovers } from "../runtime/remove-leftovers.ts";
import { findProgram } from "./bubblewrap-trial.ts";
import type { SandboxLevel } from "./contract.ts";
import { findDeathSignal } from "./death-signal.ts";

const linux = process.platform === "linux";
const bubblewrap = linux && findProgram("bwrap") !== undefined;
const setpriv = await findDeathSignal();
const root = sandboxRoot();
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** What a function does that starts children: some leave its group, its session and its environment. */
const withChildren = (token: string): string =>
  `trap '' HUP TERM; (setsid sleep 100 &); (cd / && env -i setsid sleep 101.${numberOf(token)} &); sleep 100 & echo ready; wait`;

/** What a function does that heeds nothing. */
const busy = "echo ready; while :; do :; done";

/** A program that starts two functions, says so, and waits. */
const program = (level: SandboxLevel, token: string, script: string): string => `
  import { createSandbox } from ${JSON.stringify(new URL("create-sandbox.ts", import.meta.url).href)};
  import { launchRequest, sandboxPlace } from ${JSON.stringify(new URL("../../test/support/sandbox-place.ts", import.meta.url).href)};
  const sandbox = await createSandbox({ root: ${JSON.stringify(root)}, wanted: "${level}" });
  const script = ${JSON.stringify(script)};
  for (const id of ["1", "2"]) {
    const place = sandboxPlace(${JSON.stringify(root)}, "${level}", "${token}-" + id);
    const environment = { TOKEN: "${token}", PATH: "/usr/bin:/bin" };
    const launched = await sandbox.launch(launchRequest(place, ["/bin/sh", "-c", script], { environment }));
    await new Promise((resolve) => launched.output.once("data", resolve));
  }
  if (${script !== busy}) {
    // One that has only just begun, which nobody but the keeper would end.
    const place = sandboxPlace(${JSON.stringify(root)}, "${level}", "${token}-3");
    const environment = { TOKEN: "${token}", PATH: "/usr/bin:/bin" };
    void sandbox.launch(launchRequest(place, ["/bin/sleep", "100"], { environment }));
    await new Promise((resolve) => setImmediate(resolve));
  }
  console.log("ready");
  process.stdin.on("data", () => sandbox.close().then(() => process.exit()));
`;

/** Digits by which a process is known that has no environment. */
const numberOf = (token: string): string =>
  [...token].map((letter) => letter.charCodeAt(0).toString().slice(-2)).join("");

/** Processes of this machine that have a text in their environment or their arguments, ended ones not among them. */
function processesWith(...texts: string[]): string[] {
  const has = (path: string): boolean => {
    try {
      const content = readFileSync(path, "latin1");
      return texts.some((text) => content.includes(text));
    } catch {
      return false;
    }
  };
  return readdirSync("/proc").filter(
    (entry) => /^\d+$/.test(entry) && (has(`/proc/${entry}/environ`) || has(`/proc/${entry}/cmdline`)),
  );
}

/** The mark of the sandbox whose functions have a token, and the folder of its keeper. */
function sandboxOf(token: string): { mark: string; folder: string } {
  for (const pid of processesWith(`TOKEN=${token}`)) {
    const [, mark] =
      /FUNCTIONGRAPH_INSTANCE=(\w+)\./.exec(readFileSync(`/proc/${pid}/environ`, "latin1")) ?? [];
    if (mark) return { mark, folder: `/tmp/functiongraph-${mark}` };
  }
  throw new Error("No process of the sandbox has a mark.");
}

describe.skipIf(!linux).each<SandboxLevel>(bubblewrap ? ["process", "namespaces"] : ["process"])(
  "At the level %s",
  (level) => {
    it.each<{ name: string; end: (pid: number) => void }>([
      { name: "kill -9 of the emulator", end: (pid) => process.kill(pid, "SIGKILL") },
      { name: "the end of its terminal", end: (pid) => process.kill(-pid, "SIGHUP") },
      { name: "an interrupt from its terminal", end: (pid) => process.kill(-pid, "SIGINT") },
      { name: "kill -9 of its group", end: (pid) => process.kill(-pid, "SIGKILL") },
    ])("leaves $name nothing behind", async ({ end }) => {
      const { pid, token } = await startProgram(level);
      const { mark, folder } = sandboxOf(token);
      // What just becomes another program shows no environment for a moment.
      await expect.poll(() => processesWith(`TOKEN=${token}`).length, { interval: 10 }).toBeGreaterThan(4);
      await expect
        .poll(() => processesWith(`sleep\x00101.${numberOf(token)}`), { interval: 10 })
        .toHaveLength(2);
      end(pid);
      // The keeper goes last, and takes its folder along.
      await expect
        .poll(() => processesWith(`TOKEN=${token}`, mark, numberOf(token)), { timeout: 2000, interval: 10 })
        .toEqual([]);
      expect(existsSync(folder)).toBe(false);
    });

    it("leaves closing nothing behind", async () => {
      const { child, token } = await startProgram(level);
      const { mark, folder } = sandboxOf(token);
      const exited = once(child, "exit");
      child.stdin.write("close\n");
      expect(await exited).toEqual([0, null]);
      expect(processesWith(`TOKEN=${token}`, mark, numberOf(token))).toEqual([]);
      expect(existsSync(folder)).toBe(false);
    });

    it("has another keeper when somebody kills it", async () => {
      const { pid, token } = await startProgram(level);
      const { mark, folder } = sandboxOf(token);
      const [first] = keepersOf(mark);
      // A keeper is not replaced at once when it has only just begun.
      await expect.poll(() => ageMs(first ?? ""), { interval: 10 }).toBeGreaterThan(200);
      process.kill(Number(first), "SIGKILL");
      await expect
        .poll(() => keepersOf(mark).filter((entry) => entry !== first), { interval: 10 })
        .toHaveLength(1);
      process.kill(pid, "SIGKILL");
      await expect
        .poll(() => processesWith(`TOKEN=${token}`, mark, numberOf(token)), { timeout: 2000, interval: 10 })
        .toEqual([]);
      expect(existsSync(folder)).toBe(false);
    });

    it.skipIf(level === "process" && !setpriv)(
      "leaves kill -9 of the emulator and its keeper a folder only, for the next one to remove",
      async () => {
        const { pid, token } = await startProgram(level, () => busy);
        const { mark, folder } = sandboxOf(token);
        await removeLeftovers(tmpdir());
        expect(existsSync(folder)).toBe(true);
        const [keeper] = keepersOf(mark);
        // Neither hears of the other's end.
        for (const signal of ["SIGSTOP", "SIGKILL"])
          for (const one of [pid, Number(keeper)]) process.kill(one, signal);
        await expect
          .poll(() => processesWith(`TOKEN=${token}`, mark), { timeout: 2000, interval: 10 })
          .toEqual([]);
        expect(existsSync(folder)).toBe(true);
        // A process that ends has no environment any more while the system still has its sockets to close.
        const removed = async (): Promise<boolean> => {
          await removeLeftovers(tmpdir());
          return !existsSync(folder);
        };
        await expect.poll(removed, { timeout: 2000, interval: 10 }).toBe(true);
      },
    );
  },
);

function keepersOf(mark: string): string[] {
  return processesWith("functiongraph-keeper").filter((entry) => isKeeper(entry, mark));
}

function isKeeper(pid: string, mark: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "latin1").includes(`functiongraph-keeper\0${mark}`);
  } catch {
    return false;
  }
}

/** How long a process has been there. */
function ageMs(pid: string): number {
  return Date.now() - statSync(`/proc/${pid}`).ctimeMs;
}

async function startProgram(level: SandboxLevel, script: (token: string) => string = withChildren) {
  const token = `orphan-${Math.random().toString(36).slice(2)}`;
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "-e", program(level, token, script(token))],
    { stdio: ["pipe", "pipe", "inherit"], detached: true, cwd: import.meta.dirname },
  );
  await once(child.stdout, "data");
  return { child, pid: child.pid ?? 0, token };
}
