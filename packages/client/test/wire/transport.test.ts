import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { createFunctionGraph } from "../../src/create-function-graph.ts";
import { changedFetch } from "../../src/transport/changed-fetch.ts";
import { keys, projectId, startGateway } from "../support/gateway.ts";
import { withGateway } from "../support/with-gateway.ts";

const dispatcher = Symbol.for("undici.globalDispatcher.1");

const own: unknown = Reflect.get(globalThis, dispatcher);

afterEach(() => {
  vi.unstubAllGlobals();
  Reflect.set(globalThis, dispatcher, own);
});

const answer = (body: object) => vi.fn(async () => Response.json(body));

test("Node's own fetch is known for what it is", () => {
  expect(changedFetch()).toBe(false);
});

test("all clients send over the connections that are kept", async () => {
  const gateway = await startGateway([{ body: { functions: [] } }]);
  onTestFinished(() => gateway.close());
  for (let client = 0; client < 2; client++) {
    const fg = createFunctionGraph({ endpoint: gateway.url, projectId, credentials: keys });
    await fg.listFunctions();
  }
  expect(new Set(gateway.received.map(({ port }) => port)).size).toBe(1);
});

test("a fetch that is passed goes before all others", async () => {
  const [passed, global] = [answer({ count: 1 }), answer({ count: 2 })];
  vi.stubGlobal("fetch", global);
  const { fg, gateway } = await withGateway([], { fetch: passed });
  expect(await fg.listFunctions()).toEqual({ count: 1 });
  expect(global).not.toHaveBeenCalled();
  expect(gateway.received).toHaveLength(0);
});

test("a fetch in place of the platform's is used, whether it was put there before the client or after", async () => {
  const before = answer({ count: 1 });
  vi.stubGlobal("fetch", before);
  const { fg, gateway } = await withGateway([{ body: { count: 3 } }]);
  expect(await fg.listFunctions()).toEqual({ count: 1 });
  vi.stubGlobal("fetch", answer({ count: 2 }));
  expect(await fg.listFunctions()).toEqual({ count: 2 });
  vi.unstubAllGlobals();
  expect(await fg.listFunctions()).toEqual({ count: 3 });
  expect(gateway.received).toHaveLength(1);
});

test("what undici was told to send with is for the client, too", () => {
  class ProxyAgent {}
  Reflect.set(globalThis, dispatcher, new ProxyAgent());
  expect(changedFetch()).toBe(true);
});

test("a program ends by itself after a call, with its connection still open", async () => {
  const gateway = await startGateway([{ body: { functions: [] } }]);
  onTestFinished(() => gateway.close());
  const options = JSON.stringify({ endpoint: gateway.url, projectId, credentials: keys });
  const { outputFiles } = await build({
    stdin: {
      contents: `import { createFunctionGraph } from "./create-function-graph.ts";
        console.log(JSON.stringify(await createFunctionGraph(${options}).listFunctions()));
        const began = performance.now();
        process.on("exit", () => console.log(performance.now() - began < 1500));`,
      resolveDir: fileURLToPath(new URL("../../src", import.meta.url)),
    },
    alias: { "#transport": fileURLToPath(new URL("../../src/transport/node-transport.ts", import.meta.url)) },
    bundle: true,
    platform: "node",
    format: "esm",
    write: false,
  });
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--input-type=module",
    "--eval",
    outputFiles[0]?.text ?? "",
  ]);
  expect(stdout).toBe('{"functions":[]}\ntrue\n');
});
