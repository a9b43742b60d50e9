import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startProgram } from "../../test/support/start-program.ts";

const main = startProgram(fileURLToPath(new URL("./main.ts", import.meta.url)));
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "functiongraph-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Run {
  readonly child: ChildProcess;
  readonly output: { stdout: string; stderr: string };
  /** Resolves when standard output has so many lines. */
  lines(count: number): Promise<string[]>;
  readonly ended: Promise<number | null>;
}

function run(...args: string[]): Run {
  return runIn(process.env, ...args);
}

function runIn(env: NodeJS.ProcessEnv, ...args: string[]): Run {
  const child = spawn(process.execPath, [...main, ...args], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  const ended = new Promise<number | null>((resolve) => child.on("close", (code) => resolve(code)));
  child.stderr?.on("data", (data) => {
    output.stderr += data;
  });
  const lines = (count: number): Promise<string[]> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const all = output.stdout.split("\n").slice(0, -1);
        if (all.length >= count) resolve(all);
      };
      child.stdout?.on("data", look);
      ended.then(() => reject(new Error(`It ended: ${output.stderr}`)), reject);
      look();
    });
  child.stdout?.on("data", (data) => {
    output.stdout += data;
  });
  return { child, output, lines, ended };
}

describe("functiongraph-emulator", () => {
  it("prints where it listens and the credentials, answers, and ends on SIGTERM", async () => {
    const { child, output, lines, ended } = run("start", "--port", "0", "--memory", "--json");
    const [ready, json = ""] = await lines(2);
    const { url, projectId, token, ...keys } = JSON.parse(json);
    expect(ready).toBe(`ready ${url}`);
    expect(keys).toEqual({ accessKey: "EXAMPLEACCESSKEY0001", secretKey: "example-secret-key" });
    expect(
      (await fetch(`${url}/v2/${projectId}/fgs/quotas`, { headers: { "X-Auth-Token": token } })).status,
    ).toBe(200);
    const started = performance.now();
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(performance.now() - started).toBeLessThan(2000);
    expect(output.stderr).toBe("");
  });

  it("refuses a second start on the same folder, and gives it up on SIGINT", async () => {
    const data = join(folder, "data");
    const first = run("start", "--port", "0", "--data", data);
    const ready = await first.lines(1);
    expect(ready).toEqual([expect.stringMatching(/^ready http:\/\/127\.0\.0\.1:\d+$/)]);
    const second = run("start", "--port", "0", "--data", data);
    expect(await second.ended).toBe(1);
    expect(second.output.stderr).toBe(
      `The data folder ${data} is in use by process ${first.child.pid}. Stop that emulator, or choose another data folder.\n`,
    );
    expect(first.output.stderr).toContain(`in the folder ${data}`);
    await expect.poll(() => first.output.stderr).toMatch(/ {2}Sandbox {6}\w.+\n\n {2}Ctrl-C stops it\.\n$/);
    first.child.kill("SIGINT");
    expect(await first.ended).toBe(0);
    const third = run("start", "--port", "0", "--data", data);
    await third.lines(1);
    third.child.kill("SIGINT");
    expect(await third.ended).toBe(0);
  });

  it("answers a mistake with one sentence", async () => {
    const { output, ended } = run("start", "--prot", "0");
    expect([await ended, output]).toEqual([
      1,
      { stdout: "", stderr: "Unknown option '--prot'; --help shows the options.\n" },
    ]);
  });

  it.runIf(process.platform === "linux").each([[], ["--json"]])(
    "does not start where the sandbox that is demanded does not work %j",
    async (...more) => {
      const programs = mkdtempSync(join(folder, "bin-"));
      writeFileSync(join(programs, "bwrap"), "#!/bin/sh\necho no permission >&2\nexit 1\n", { mode: 0o755 });
      const env = { ...process.env, PATH: `${programs}${delimiter}${process.env.PATH}` };
      const demanded = ["start", "--port", "0", "--memory", "--sandbox", "namespaces", ...more];
      const { output, ended } = runIn(env, ...demanded);
      expect([await ended, output]).toEqual([
        1,
        {
          stdout: "",
          stderr:
            "Functions cannot be isolated by namespaces, as the option runtime.sandbox demands: bubblewrap does not work here: no permission. Install bubblewrap and allow user namespaces, or choose the sandbox auto or process.\n",
        },
      ]);
    },
  );

  it("tells its options and version", async () => {
    const [help, version] = [run("--help"), run("--version")];
    expect([await help.ended, await version.ended]).toEqual([0, 0]);
    expect(help.output.stdout).toContain("--port NUMBER");
    expect(version.output.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
