import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ControlledClock } from "../../src/core/controlled-clock.ts";
import type { FunctionRunner, InvocationOutcome } from "../../src/core/invocation/contract.ts";
import type { FunctionSpec } from "../../src/runtime/contract.ts";
import { createRunner } from "../../src/runtime/create-runner.ts";
import type { RunnerOptions } from "../../src/runtime/runner-options.ts";
import { MemoryPackageStore } from "../../src/store/memory-package-store.ts";
import { writeZip } from "../../src/zip/write-zip.ts";

/** A runner with a clock that a test moves, and functions for it. */
export interface RunningFunctions {
  readonly runner: FunctionRunner;
  readonly clock: ControlledClock;
  /** What functions printed outside of calls, and in calls that took their time. */
  readonly printed: readonly string[];
  /** A function: a source text, or files by their paths. */
  add(
    code: string | Readonly<Record<string, string>>,
    settings?: Partial<FunctionSpec>,
  ): Promise<FunctionSpec>;
  /** Runs a call and parses its result, where it is JSON. */
  call(spec: FunctionSpec, event?: unknown, signal?: AbortSignal): Promise<Called>;
  close(): Promise<void>;
}

/** How a call ended, with its payload as text and, if it is JSON, as a value. */
export interface Called extends InvocationOutcome {
  readonly text: string;
  readonly value: unknown;
}

/** Starts a runner with a folder of its own. */
export async function runFunctions(options: RunnerOptions = {}): Promise<RunningFunctions> {
  const packages = new MemoryPackageStore();
  const clock = new ControlledClock();
  clock.freeze(new Date("2026-03-02T10:00:00Z"));
  const folder = mkdtempSync(join(tmpdir(), "fg-runner-test-"));
  const printed: string[] = [];
  const runner = await createRunner({
    packages,
    clock,
    dataFolder: folder,
    options: { sandbox: "process", warm: 0, ...options },
    printed: (_spec, text) => printed.push(text),
  });
  let count = 0;
  let calls = 0;
  return {
    runner,
    clock,
    printed,
    async add(code, settings = {}) {
      const single = typeof code === "string";
      const bytes = single
        ? Buffer.from(code)
        : await writeZip(Object.entries(code).map(([path, text]) => ({ path, bytes: Buffer.from(text) })));
      const { digest } = await packages.put(bytes);
      count += 1;
      const name = settings.name ?? `function-${count}`;
      return {
        key: `${name}:${count}`,
        revision: 1,
        projectId: "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
        region: "eu-de",
        package: "default",
        name,
        functionId: `id-${name}`,
        version: "latest",
        urn: `urn:fss:eu-de:0a1b2c3d4e5f60718293a4b5c6d7e8f9:function:default:${name}:latest`,
        runtime: "Node.js20.15",
        handler: "index.handler",
        timeout: 10,
        memoryMb: 256,
        cpu: 400,
        temporaryMb: 512,
        userData: {},
        concurrency: 1,
        maxInstances: -1,
        code: { digest, filename: single ? "index.js" : "index.zip" },
        dependencies: [],
        hasAgency: false,
        ...settings,
      };
    },
    async call(spec, event = {}, signal) {
      calls += 1;
      const outcome = await runner.run(
        spec,
        { requestId: `request-${calls}`, event: Buffer.from(JSON.stringify(event)), type: "sync" },
        signal,
      );
      const text = Buffer.from(outcome.payload).toString();
      return { ...outcome, text, value: parsed(text) };
    },
    async close() {
      await runner.close(0);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
