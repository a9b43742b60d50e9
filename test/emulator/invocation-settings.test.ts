import { createCodePackage } from "@functiongraph/client/zip";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RunningFunctions } from "./running-functions.ts";

let functions: RunningFunctions;

beforeAll(async () => {
  functions = await RunningFunctions.start();
});

afterAll(async () => {
  await functions.close();
  expect(functions.emulator.violations).toEqual([]);
});

describe("dependencies", () => {
  /** Uploads a package with a module of this name. @returns the ID of its version */
  async function upload(name: string, files: Readonly<Record<string, string>>): Promise<string> {
    const { base64 } = await createCodePackage(files);
    const { id = "" } = await functions.fg.createDependencyVersion({
      body: { name, runtime: "Node.js18.15", depend_type: "zip", depend_file: base64 },
    });
    return id;
  }

  it.each([
    { way: "require", "index.js": "exports.handler = async () => require('greeting').hello;\n" },
    {
      way: "import",
      "index.mjs": "import { hello } from 'greeting';\nexport const handler = async () => hello;\n",
    },
  ])("reach the handler that uses $way", async ({ way, ...files }) => {
    const id = await upload(`greeting-${way}`, {
      "node_modules/greeting/package.json": '{ "name": "greeting", "version": "1.0.0", "main": "index.js" }',
      "node_modules/greeting/index.js": "exports.hello = 'Hello from a dependency';\n",
    });
    // Types of the two rows differ.
    const urn = await functions.create(`depends-by-${way}`, files as Record<string, string>, {
      depend_version_list: [id],
    });
    expect(await functions.call(urn)).toBe("Hello from a dependency");
  });

  it("come in the order of their list, behind the function's own files", async () => {
    const code = (word: string) => ({ "node_modules/word/index.js": `module.exports = "${word}";\n` });
    const [first, second] = [await upload("first", code("first")), await upload("second", code("second"))];
    const handler = "exports.handler = async () => require('word');\n";
    const urn = await functions.create("ordered", handler, { depend_version_list: [first, second] });
    expect(await functions.call(urn)).toBe("first");
    await functions.changeCode(urn, handler, { depend_version_list: [second, first] });
    expect(await functions.call(urn)).toBe("second");
    await functions.changeCode(urn, { "index.js": handler, ...code("own") });
    expect(await functions.call(urn)).toBe("own");
  });

  it("that are taken away are missing", async () => {
    const id = await upload("passing", { "node_modules/passing/index.js": "module.exports = 1;\n" });
    const code = "exports.handler = async () => require('passing');\n";
    const urn = await functions.create("alone", code, { depend_version_list: [id] });
    expect(await functions.call(urn)).toBe("1");
    await functions.changeCode(urn, code, { depend_version_list: [] });
    expect(await functions.failure(urn)).toBe(4002);
  });
});

describe("memory", () => {
  const code =
    "exports.handler = async (event, context) => [context.getMemorySize(), context.getCPUNumber(), process.env.RUNTIME_MEMORY].join(' ');\n";
  const asked = (function_urn: string, memory: "256" | "512") =>
    functions.fg.invokeFunction({
      path: { function_urn },
      header: { "X-Cff-Instance-Memory": memory },
      body: {},
    });

  it("is what a call asks for, where the function allows it", async () => {
    const urn = await functions.create("dynamic", code, { enable_dynamic_memory: true });
    expect(await functions.call(urn)).toBe("128 300 128");
    const larger = await asked(urn, "512");
    expect([larger.text, larger.summary?.memorySize]).toEqual(["512 600 512", 512]);
    expect((await asked(urn, "256")).text).toBe("256 400 256");
    expect(await functions.call(urn)).toBe("128 300 128");
  });

  it("is the function's own otherwise", async () => {
    const urn = await functions.create("fixed", code);
    expect((await asked(urn, "512")).text).toBe("128 300 128");
  });
});

describe("limits on calls at once", () => {
  const code =
    "exports.handler = ({ ms = 0 }) => new Promise((resolve) => setTimeout(resolve, ms, process.pid));\n";

  it("refuse every call at 0", async () => {
    const urn = await functions.create("closed", code);
    await functions.fg.updateFunctionMaxInstanceConfig({
      path: { function_urn: urn },
      body: { max_instance_num: 0 },
    });
    expect(await functions.failure(urn)).toBe("FSS.0429");
    await functions.fg.updateFunctionMaxInstanceConfig({
      path: { function_urn: urn },
      body: { max_instance_num: 1 },
    });
    expect(await functions.failure(urn)).toBe(0);
  });

  it.each([
    { state: "has no instance yet", warm: false },
    { state: "has its instance", warm: true },
  ])("refuse a second call at 1, when the function $state", async ({ warm }) => {
    const urn = await functions.create(`single-${warm}`, code, {});
    await functions.fg.updateFunctionMaxInstanceConfig({
      path: { function_urn: urn },
      body: { max_instance_num: 1 },
    });
    if (warm) await functions.call(urn);
    const ends = await Promise.all([
      functions.failure(urn, { ms: 500 }),
      functions.failure(urn, { ms: 500 }),
    ]);
    expect(ends.sort()).toEqual([0, "FSS.0429"]);
    expect(await functions.failure(urn)).toBe(0);
  });

  it("hold for each function alone", async () => {
    const urns = await Promise.all(["one", "other"].map((name) => functions.create(`limited-${name}`, code)));
    for (const function_urn of urns)
      await functions.fg.updateFunctionMaxInstanceConfig({
        path: { function_urn },
        body: { max_instance_num: 1 },
      });
    expect(await Promise.all(urns.map((urn) => functions.failure(urn, { ms: 200 })))).toEqual([0, 0]);
  });
});
