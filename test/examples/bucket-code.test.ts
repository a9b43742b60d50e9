import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createFunctionGraph } from "@functiongraph/client";
import { createCodePackage } from "@functiongraph/client/zip";
import { createEmulator } from "@functiongraph/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { guideExample } from "./guide-example.ts";
import { hasPython } from "./has-python.ts";
import { type OpenExample, openExample } from "./open-example.ts";
import { type ProgramRun, runProgram } from "./run-program.ts";

const program = "greeter.mjs";
const code_url = "https://example-code.obs.eu-de.otc.t-systems.com/greeter.zip";
const fromBucket = { code_type: "obs", code_url, func_code: {} } as const;

describe.runIf(hasPython)("the example of code from a bucket", () => {
  let alone: Promise<ProgramRun>;
  let example: OpenExample;
  let files: Record<string, string>;
  /** The object in the folder that stands in for the bucket. */
  let object: string;

  beforeAll(async () => {
    alone = runProgram(guideExample(program));
    example = await openExample(program, ["folder", "files"]);
    // The program of the guide has made them.
    const names = example.names as { folder: string; files: Record<string, string> };
    files = names.files;
    object = join(names.folder, "greeter.zip");
  }, 60_000);

  afterAll(async () => {
    const { emulator, finish } = example;
    await finish();
    expect(emulator.violations).toEqual([]);
    await expect(fetch(emulator.url)).rejects.toThrow("fetch failed");
    await alone;
  }, 30_000);

  /** What the function at a URN prints. */
  async function printed(function_urn: string): Promise<string> {
    const { log } = await example.fg.invokeFunction({ path: { function_urn }, body: { name: "Ada" } });
    return log;
  }

  /** Puts a package into the bucket whose function greets so. */
  async function put(greeting: string): Promise<void> {
    const words = `def greet(name):\n    print(f"${greeting}, {name}!")\n`;
    await writeFile(object, (await createCodePackage({ ...files, "words.py": words })).bytes);
  }

  it("prints what the guide says, and ends by itself", { timeout: 30_000 }, async () => {
    expect(await alone).toEqual({ status: 0, output: guideExample(program).output, errors: "" });
  });

  it("leaves a function that tells address, name, size and digest of its package", async () => {
    const { fg, path } = example;
    const bytes = await readFile(object);
    expect(await fg.showFunctionConfig({ path })).toMatchObject({
      ...{ code_type: "obs", code_url, code_filename: "greeter.zip", code_size: bytes.length },
      digest: createHash("sha512").update(bytes).digest("hex"),
    });
  });

  it("keeps the code that a version was published with", async () => {
    const { fg, path } = example;
    await fg.createFunctionVersion({ path, body: { version: "v1" } });
    await put("Good night");
    await fg.updateFunctionCode({ path, body: fromBucket });
    expect(await printed(path.function_urn)).toContain("Good night, Ada!");
    expect(await printed(path.function_urn.replace(/latest$/, "v1"))).toContain("Good evening, Ada!");
  });

  it("goes on with the code it has when the object is gone", async () => {
    const { fg, path } = example;
    await rm(object);
    await expect(fg.updateFunctionCode({ path, body: fromBucket })).rejects.toMatchObject({
      status: 404,
      code: "FSS.1054",
    });
    expect(await printed(path.function_urn)).toContain("Good night, Ada!");
  });
});

describe.runIf(hasPython)("a bucket behind an address of this machine", () => {
  const objects = new Map<string | undefined, Uint8Array>();
  let storage: Server;

  beforeAll(async () => {
    storage = createServer((request, response) => {
      const object = objects.get(request.url);
      response.writeHead(object ? 200 : 404).end(object);
    }).listen(0, "127.0.0.1");
    await once(storage, "listening");
  });

  afterAll(async () => {
    storage.closeAllConnections();
    storage.close();
    await once(storage, "close");
  });

  it("serves code as a folder does", { timeout: 30_000 }, async () => {
    // A listening TCP server has an address of this form.
    const { port } = storage.address() as AddressInfo;
    const objectStorage = {
      "https://example-code.obs.eu-de.otc.t-systems.com": `http://127.0.0.1:${port}/code`,
    };
    const emulator = await createEmulator({ objectStorage, validateResponses: true, logLevel: "silent" });
    try {
      const { url: endpoint, projectId, credentials } = emulator;
      const fg = createFunctionGraph({ endpoint, projectId, credentials, maxRetries: 0 });
      const greeting = async (word: string): Promise<Uint8Array> =>
        (await createCodePackage({ "index.py": `def handler(event, context):\n    return "${word}"\n` }))
          .bytes;
      objects.set("/code/greeter.zip", await greeting("first"));
      const { func_urn: function_urn = "" } = await fg.createFunction({
        body: {
          ...{ func_name: "greeter", package: "default", runtime: "Python3.9", handler: "index.handler" },
          ...{ memory_size: 256, timeout: 30, code_type: "obs", code_url },
        },
      });
      const call = async (): Promise<unknown> =>
        (await fg.invokeFunction({ path: { function_urn }, body: {} })).text;
      expect(await call()).toBe("first");
      objects.set("/code/greeter.zip", await greeting("second"));
      expect(await call()).toBe("first");
      await fg.updateFunctionCode({ path: { function_urn }, body: fromBucket });
      expect(await call()).toBe("second");
      expect(emulator.violations).toEqual([]);
    } finally {
      await emulator.close();
    }
  });
});
