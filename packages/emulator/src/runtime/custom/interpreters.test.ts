import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { findInterpreter } from "../python/interpreter.ts";
import { findInterpreters } from "./interpreters.ts";

const node = (version: string) => `/opt/function/runtime/nodejs${version}/rtsp/nodejs/bin/node`;
const python = (version: string) => `/opt/function/runtime/python${version}/rtsp/python/bin/python3`;

let shims: string;
beforeAll(async () => {
  shims = await mkdtemp(join(tmpdir(), "functiongraph-shims-"));
  await writeFile(join(shims, "python3"), "#!/bin/sh\nexit 127\n", { mode: 0o755 });
  await writeFile(join(shims, "node"), `#!/bin/sh\nexec "${process.execPath}" "$@"\n`, { mode: 0o755 });
});
afterAll(() => rm(shims, { recursive: true }));
afterEach(() => void vi.unstubAllEnvs());

describe("interpreters of bootstraps", () => {
  it("are those of this machine, behind shims with nothing behind them", async () => {
    const found = await findInterpreter();
    vi.stubEnv("PATH", [shims, dirname(found?.program ?? ""), process.env.PATH].join(delimiter));
    const { mapped, broken } = await findInterpreters({});
    expect(mapped[node("20.15")]).toBe(process.execPath);
    expect(mapped[python("3.9")]).toBe(found?.program);
    expect(broken[node("20.15")]).toBeUndefined();
  });

  it("are those that are configured, by the rule of functions, and never a shim", async () => {
    const programs = {
      "Node.js20": join(shims, "node"),
      "Node.js18.15": "/nowhere/node",
      Python: join(shims, "python3"),
    };
    const { mapped, readable, broken } = await findInterpreters(programs);
    expect(mapped[node("20.15")]).toBe(process.execPath);
    expect(readable).not.toContain(join(shims, "node"));
    expect(mapped[node("18.15")]).toBeUndefined();
    expect(broken[node("18.15")]).toBe(
      'the program /nowhere/node is configured (Node.js18.15), which cannot be started or is another one; correct it in the option runtime.programs, as { "runtime": { "programs": { "Node.js18.15": "/usr/bin/node" } } }',
    );
    expect(mapped[python("3.9")]).toBeUndefined();
    expect(broken[python("3.9")]).toContain("(Python)");
  });

  it("that this machine does not have are told with the names by which they are configured", async () => {
    const { broken } = await findInterpreters({});
    for (const [path, clause] of Object.entries(broken)) {
      const [, version] = /runtime\/[a-z]+([\d.]+)/.exec(path) ?? [];
      expect(clause).toMatch(
        /^this machine has no program; install one, or name it in the option runtime\.programs, as /,
      );
      expect(clause).toMatch(new RegExp(`"[A-Za-z.#]+${version}": "/`));
    }
  });
});
