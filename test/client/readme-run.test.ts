import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { createFunctionGraph, type FunctionGraph } from "@functiongraph/client";
import { createCodePackage } from "@functiongraph/client/zip";
import { createEmulator, type Emulator } from "@functiongraph/emulator";
import { transform } from "esbuild";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ReaderProject, readerProject } from "./reader-project.ts";
import { snippets } from "./readme-snippets.ts";

const settings = {
  func_name: "hello",
  package: "default",
  runtime: "Node.js18.15",
  handler: "index.handler",
  timeout: 3,
  memory_size: 128,
  code_type: "zip",
  code_filename: "index.zip",
} as const;
let project: ReaderProject;
let emulator: Emulator;
let fg: FunctionGraph;

/** A reader's folder: the packed client, a folder with a function's code, and what the snippets take for given. */
beforeAll(async () => {
  project = readerProject();
  emulator = await createEmulator({ port: 0, validateResponses: true, logLevel: "silent" });
  const { url, projectId, credentials } = emulator;
  fg = createFunctionGraph({ endpoint: url, projectId, credentials });
  mkdirSync(join(project.folder, "function"));
  writeFileSync(join(project.folder, "function", "index.js"), "exports.handler = async () => 'packed';");
  const context = `
import { createFunctionGraph } from "@functiongraph/client";
import { fromEnv } from "@functiongraph/client/credentials";
globalThis.fg = createFunctionGraph({ endpoint: "${url}", region: "eu-de", credentials: fromEnv() });
globalThis.function_urn = "urn:fss:eu-de:${projectId}:function:default:hello";
`;
  writeFileSync(join(project.folder, "context.js"), context);
}, 60_000);

afterAll(async () => {
  await emulator.close();
  project.remove();
});

/** Runs a snippet as a program of its own, with the emulator where it has the service. */
async function run(snippet: string): Promise<{ status: number | null; output: string }> {
  const local = snippet
    .replaceAll('region: "eu-de"', `region: "eu-de", endpoint: "${emulator.url}"`)
    .replaceAll("https://functiongraph.eu-de.otc.t-systems.com", emulator.url)
    .replaceAll("0a1b2c3d4e5f60718293a4b5c6d7e8f9", emulator.projectId);
  const { code } = await transform(`import "./context.js";\n${local}`, { loader: "ts", format: "esm" });
  const name = `snippet-${randomUUID()}.js`;
  writeFileSync(join(project.folder, name), code);
  const { accessKey, secretKey } = emulator.credentials;
  const child = spawn(process.execPath, [name], {
    cwd: project.folder,
    env: { HUAWEICLOUD_SDK_AK: accessKey, HUAWEICLOUD_SDK_SK: secretKey },
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await ended, output: stdout + stderr };
}

test("the first program creates a function, invokes it, and deletes it", async () => {
  const { status, output } = await run(snippets[0] ?? "");
  expect(output).toMatch(/^Hello, Ada!\n\S+ Start invoke request '[\da-f-]{36}', version: latest\n/);
  expect(status, output).toBe(0);
  expect((await fg.listFunctions()).functions).toEqual([]);
});

describe("with a function that is there", () => {
  beforeEach(async () => {
    emulator.reset();
    const { base64 } = await createCodePackage({ "index.js": "exports.handler = async () => null;" });
    const { func_urn = "" } = await fg.createFunction({ body: { ...settings, func_code: { file: base64 } } });
    await fg.updateFunctionAsyncInvokeConfig({
      path: { function_urn: func_urn },
      body: {
        max_async_event_age_in_seconds: 60,
        max_async_retry_attempts: 0,
        enable_async_status_log: true,
      },
    });
  });

  test.each(snippets.slice(1).map((snippet, i) => ({ snippet, number: i + 2 })))(
    "snippet $number runs to its end",
    async ({ snippet }) => {
      const { status, output } = await run(snippet);
      expect(status, output).toBe(0);
    },
  );

  test.each([
    ["fg.listFunctions.items()", /^hello Node\.js18\.15$/m],
    ["fg.raw.GET", /^200 128 undefined$/m],
    ["waitForAsyncInvocation", /^SUCCESS ?$/m],
    ["formatUrn", /^urn:fss:eu-de:\w+:function:default:hello:!prod$/m],
  ])("the snippet with %s prints what it says", async (part, line) => {
    const { output } = await run(snippets.find((snippet) => snippet.includes(part)) ?? "");
    expect(output).toMatch(line);
  });

  test("a snippet with a mistake would be seen", async () => {
    const { status, output } = await run(
      'await fg.showFunctionConfig({ path: { function_urn: "missing" } });',
    );
    expect(status).toBe(1);
    expect(output).toContain("404 FSS.1051");
  });
});

test("no answer broke the description of the API", () => {
  expect(emulator.violations).toEqual([]);
});
