import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ServerProcess, startServerProcess } from "./server-process.ts";

/** What is measured beside each other; the first is what ratios are to. */
const serverNames = ["bare node:http", "emulator, in memory", "emulator, on disk", "Prism's mock"] as const;
export type ServerName = (typeof serverNames)[number];

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const main = path("../../packages/emulator/dist/cli/main.js");
const bundle = path("../../spec/dist/openapi.json");
const ready = /ready (http:\S+)/;
const printedJson = /\n\{.*\}\n/;

/**
 * The program of Prism's command line, wherever Node finds it, which `NODE_PATH` can help.
 * @throws Error when it is not installed.
 */
function prism(): string {
  return createRequire(import.meta.url).resolve("@stoplight/prism-cli/dist/index.js");
}

/** Those that are installed here: Prism is not among the project's own dependencies. */
export function installedServers(): ServerName[] {
  try {
    prism();
    return [...serverNames];
  } catch {
    return serverNames.filter((name) => name !== "Prism's mock");
  }
}

/** Starts a server; what it keeps on disk is gone when it is stopped. */
export const startServers: Readonly<Record<ServerName, () => Promise<ServerProcess>>> = {
  "bare node:http": () => startServerProcess(path("echo-server.mjs"), [], ready),
  "emulator, in memory": () =>
    startServerProcess(main, ["start", "--port", "0", "--memory", "--json"], ready, printedJson),
  "emulator, on disk": async () => {
    const folder = mkdtempSync(join(tmpdir(), "functiongraph-bench-"));
    const server = await startServerProcess(
      main,
      ["start", "--port", "0", "--data", folder, "--json"],
      ready,
      printedJson,
    );
    const stop = async (): Promise<void> => {
      await server.stop();
      rmSync(folder, { recursive: true });
    };
    return { ...server, stop };
  },
  "Prism's mock": () =>
    startServerProcess(
      prism(),
      ["mock", bundle, "--port", String(30_000 + (process.pid % 20_000)), "--verboseLevel", "info"],
      /listening on (http:\S+)/,
    ),
};
