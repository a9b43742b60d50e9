import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "./free-port.ts";
import { startFunctionEmulator } from "./function-emulator.ts";
import type { LoadRequest } from "./load.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";

/** What runs the same function; the first is what ratios are to. */
const serverNames = [
  "in-process node:http",
  "emulator, 4 processes",
  "functions-framework",
  "serverless-offline",
  "miniflare",
] as const;
export type FunctionServerName = (typeof serverNames)[number];

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const ready = /ready (http:\S+)/;
/** Wherever Node finds it, which `NODE_PATH` can help. @throws Error when it is not installed */
const find = (module: string): string => createRequire(import.meta.url).resolve(module);

/** What must be installed; none of it is among the project's own dependencies. */
const packages: Partial<Record<FunctionServerName, readonly string[]>> = {
  "functions-framework": ["@google-cloud/functions-framework"],
  "serverless-offline": ["serverless/package.json", "serverless-offline"],
  miniflare: ["miniflare"],
};

/** Those that are installed here. */
export function installedFunctionServers(): FunctionServerName[] {
  return serverNames.filter((name) => {
    try {
      packages[name]?.forEach(find);
      return true;
    } catch {
      return false;
    }
  });
}

const event = JSON.stringify({ name: "Ada" });
const json = { "Content-Type": "application/json" };
const post = (to: string): LoadRequest => ({ method: "POST", path: to, headers: json, body: event });

/** A server with its function, and how to call that. */
export interface FunctionServer extends ServerProcess {
  readonly request: LoadRequest;
}

/** Starts a server that has the function. */
export const startFunctionServers: Readonly<Record<FunctionServerName, () => Promise<FunctionServer>>> = {
  "in-process node:http": async () => ({
    ...(await startServerProcess(path("json-server.mjs"), [], ready)),
    request: post("/"),
  }),
  "emulator, 4 processes": async () => {
    const emulator = await startFunctionEmulator({ maxInstances: 4 });
    // One call at a time in each, as on the service: only HTTP functions may have more.
    const urns = await emulator.makeFunctions("Node.js20.15", ["hello"]);
    return { ...emulator, request: emulator.call(urns, event) };
  },
  "functions-framework": async () => ({
    ...(await startServerProcess(path("functions-framework-server.mjs"), [], ready)),
    request: post("/"),
  }),
  "serverless-offline": () =>
    withFolder(async (folder) => {
      const root = dirname(find("serverless/package.json"));
      symlinkSync(dirname(root), join(folder, "node_modules"));
      writeFileSync(join(folder, "serverless.yml"), serverlessService);
      writeFileSync(
        join(folder, "index.js"),
        `exports.handler = async (event) => {
  const { name } = JSON.parse(event.body);
  return { statusCode: 200, headers: { "content-type": "application/json" }, body: JSON.stringify({ greeting: "Hello, " + name }) };
};`,
      );
      const ports = ["--httpPort", String(await freePort()), "--lambdaPort", String(await freePort())];
      const server = await startServerProcess(
        join(root, "bin/serverless.js"),
        ["offline", "--host", "127.0.0.1", ...ports],
        /Server ready: (http:\S+)/,
        undefined,
        folder,
      );
      return { ...server, request: post("/hello") };
    }),
  miniflare: async () => {
    const server = await startServerProcess(path("miniflare-server.mjs"), [], ready);
    const stop = async (): Promise<void> => {
      const exited = once(server.child, "exit");
      server.child.disconnect();
      await exited;
    };
    return { ...server, stop, request: post("/") };
  },
};

const serverlessService = `service: bench
frameworkVersion: "3"
provider:
  name: aws
  runtime: nodejs20.x
plugins: [serverless-offline]
functions:
  hello:
    handler: index.handler
    events: [{ httpApi: "POST /hello" }]
`;

/** Gives a server a folder that is gone when it is stopped. */
async function withFolder(start: (folder: string) => Promise<FunctionServer>): Promise<FunctionServer> {
  const folder = mkdtempSync(join(tmpdir(), "functiongraph-bench-"));
  const server = await start(folder);
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true });
  };
  return { ...server, stop };
}
