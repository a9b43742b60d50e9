import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LoadRequest } from "./load.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";

/** Runtimes whose functions are measured. */
export type BenchRuntime = "Node.js20.15" | "Python3.9";

/** An emulator in a process of its own, which runs functions. */
export interface FunctionEmulator extends ServerProcess {
  /** Makes functions that greet; their URNs. */
  makeFunctions(runtime: BenchRuntime, names: readonly string[]): Promise<string[]>;
  /** A call of each of these functions in turn. */
  call(urns: readonly string[], event: string): LoadRequest;
  /** Removes all functions with their instances. */
  reset(): Promise<void>;
}

const sources: Readonly<Record<BenchRuntime, string>> = {
  "Node.js20.15": 'exports.handler = async ({ name }) => ({ greeting: "Hello, " + name });\n',
  "Python3.9": 'def handler(event, context):\n    return {"greeting": "Hello, " + event["name"]}\n',
};

/** Starts the built emulator with its state in memory. */
export async function startFunctionEmulator(
  runtime: Readonly<Record<string, unknown>>,
): Promise<FunctionEmulator> {
  const folder = mkdtempSync(join(tmpdir(), "functiongraph-bench-"));
  const config = join(folder, "options.json");
  writeFileSync(config, JSON.stringify({ runtime }));
  const server = await startServerProcess(
    fileURLToPath(new URL("../../packages/emulator/dist/cli/main.js", import.meta.url)),
    ["start", "--port", "0", "--memory", "--config", config, "--json"],
    /ready (http:\S+)/,
    /\n\{.*\}\n/,
  );
  rmSync(folder, { recursive: true });
  // The second line that it prints is for programs.
  const { projectId, token } = JSON.parse(server.output.split("\n")[1] ?? "");
  const functions = `/v2/${projectId}/fgs/functions`;
  const headers = { "X-Auth-Token": token, "Content-Type": "application/json" };

  async function send(
    path: string,
    headers: Readonly<Record<string, string>>,
    body: object,
  ): Promise<string> {
    const answer = await fetch(`${server.url}${path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return text;
  }

  return {
    ...server,
    async makeFunctions(runtime, names) {
      const urns: string[] = [];
      for (const name of names) {
        const text = await send(functions, headers, {
          func_name: name,
          package: "default",
          runtime,
          handler: "index.handler",
          timeout: 30,
          memory_size: 256,
          code_type: "inline",
          func_code: { file: Buffer.from(sources[runtime]).toString("base64") },
        });
        urns.push(JSON.parse(text).func_urn);
      }
      return urns;
    },
    call: (urns, event) => ({
      method: "POST",
      path: urns.map((urn) => `${functions}/${urn}/invocations`),
      headers,
      body: event,
    }),
    async reset() {
      await send(
        "/_emulator/reset",
        { "X-Emulator-Control": "bench", "Content-Type": "application/json" },
        {},
      );
    },
  };
}
