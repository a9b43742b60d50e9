import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callOf, textOf, tryAdapter } from "../../../test/support/try-function.ts";
import { runsFunctions } from "./ask-node.ts";
import { createNodeAdapter } from "./node-adapter.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "functiongraph-node-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function script(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${text}\n`);
  await chmod(path, 0o755);
  return path;
}

async function checked(programs: Record<string, string>, runtime = "Node.js20.15") {
  const bench = await tryAdapter((parts) => createNodeAdapter({ ...parts, programs, warm: 0 }));
  const availability = await bench.adapter.check(runtime);
  await bench.close();
  return availability;
}

describe("the Node.js of a runtime", () => {
  const own = { available: true, program: process.execPath, version: process.version };

  it("is the emulator's unless another one is configured", async () => {
    expect(await checked({})).toEqual(own);
    expect(await checked({ "Node.js18.15": "/nowhere/node" })).toEqual(own);
    expect(await checked({ "Node.js20": process.execPath, "Node.js": "/nowhere/node" })).toEqual(own);
  });

  it("is the program behind a shim, and runs functions from there", async () => {
    const shim = await script("node", `exec "${process.execPath}" "$@"`);
    const bench = await tryAdapter((parts) =>
      createNodeAdapter({ ...parts, programs: { "Node.js": shim }, warm: 0 }),
    );
    expect(await bench.adapter.check("Node.js18.15")).toEqual(own);
    const worker = await bench.start(
      { "index.js": "exports.handler = async () => process.execPath;" },
      { runtime: "Node.js18.15" },
    );
    await worker.initialize();
    expect(textOf(await worker.call(callOf({})))).toEqual({
      code: 0,
      payload: expect.stringContaining(process.execPath),
    });
    await bench.close();
  });

  it.each([
    ["echo v99.0.0", "cannot be started or is no Node.js"],
    ["echo usage >&2; exit 2", "cannot be started or is no Node.js"],
    [
      `echo '{"version":"v14.21.3","program":"/bin/sh"}'`,
      "is Node.js v14.21.3. Name one of version 16.9 or newer",
    ],
  ])("is not %s", async (text, reason) => {
    const program = await script("other", text);
    expect(await checked({ "Node.js20": program })).toEqual({
      available: false,
      reason: expect.stringContaining(`The program ${program}, configured for Node.js20, ${reason}`),
    });
  });

  it("fails the start of whoever has not asked before", async () => {
    const bench = await tryAdapter((parts) =>
      createNodeAdapter({ ...parts, programs: { "Node.js": "/nowhere/node" }, warm: 0 }),
    );
    bench.adapter.prepare?.("Node.js20.15");
    await expect(bench.start({ "index.js": "" }, { runtime: "Node.js20.15" })).rejects.toMatchObject({
      code: 4201,
      message: expect.stringContaining(
        "The program /nowhere/node, configured for Node.js, cannot be started",
      ),
    });
    await bench.close();
  });

  it.each([
    ["v16.8.0", false],
    ["v16.9.0", true],
    ["v20.15.1", true],
  ])("%s runs functions: %s", (version, want) => {
    expect(runsFunctions(version)).toBe(want);
  });
});
