import { readdirSync, readFileSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { askProgram } from "./ask-program.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "functiongraph-ask-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function script(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${text}\n`);
  await chmod(path, 0o755);
  return path;
}

/** Whether a `sleep` with this argument runs. */
function sleeps(seconds: string): boolean {
  return readdirSync("/proc").some((entry) => {
    try {
      return (
        /^\d+$/.test(entry) && readFileSync(`/proc/${entry}/cmdline`, "latin1") === `sleep\0${seconds}\0`
      );
    } catch {
      return false;
    }
  });
}

describe("a program that is asked", () => {
  it("answers", async () => {
    const program = await script("answers", 'echo "$1 $COLOUR"; echo b >&2');
    expect(await askProgram(program, ["a"], { environment: { COLOUR: "red" } })).toEqual({
      stdout: "a red\n",
      stderr: "b\n",
    });
  });

  it.each([
    ["exit 3", "ended with code 3"],
    ["kill -9 $$", "ended by SIGKILL"],
    ["yes", "does not stop talking"],
  ])("is of no use with %s", async (text, message) => {
    await expect(askProgram(await script("useless", text), [])).rejects.toThrow(message);
  });

  it("that is not there is told", async () => {
    await expect(askProgram("/nowhere/at-all", [])).rejects.toThrow("ENOENT");
    await expect(askProgram(folder, [])).rejects.toThrow("EACCES");
  });

  it.runIf(process.platform === "linux")(
    "ends with all that it has started when its time is over",
    async () => {
      vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
      try {
        const answer = askProgram(await script("hangs", "sleep 7391"), []);
        const told = expect(answer).rejects.toThrow("has not answered within 10 s");
        while (!sleeps("7391")) await new Promise((go) => setImmediate(go));
        vi.advanceTimersByTime(10_000);
        await told;
        await vi.waitFor(() => expect(sleeps("7391")).toBe(false), 5000);
      } finally {
        vi.useRealTimers();
      }
    },
  );

  it.runIf(process.platform === "linux")("ends when nobody wants to know any more", async () => {
    const controller = new AbortController();
    const answer = askProgram(await script("waits", "sleep 7392"), [], { signal: controller.signal });
    const told = expect(answer).rejects.toThrow("stopped");
    await vi.waitFor(() => expect(sleeps("7392")).toBe(true), 5000);
    controller.abort();
    await told;
    await vi.waitFor(() => expect(sleeps("7392")).toBe(false), 5000);
  });
});
