import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type {
  Adapter,
  FunctionSpec,
  RuntimeCall,
  RuntimeResult,
  Worker,
} from "../../src/runtime/contract.ts";
import { createWorkplaces, type Workplaces } from "../../src/runtime/workplaces.ts";
import type { Sandbox, SandboxLevel } from "../../src/sandbox/contract.ts";
import { createSandbox } from "../../src/sandbox/create-sandbox.ts";
import { MemoryPackageStore } from "../../src/store/memory-package-store.ts";
import { writeZip } from "../../src/zip/write-zip.ts";

/** A file of a package: its text or bytes, or text and mode. */
export type PackageFile = string | Uint8Array | { readonly text: string; readonly mode: number };

/** Files of a package by their paths. */
export type PackageFiles = Readonly<Record<string, PackageFile>>;

/** A worker with what it printed. */
export interface TriedWorker extends Worker {
  readonly printed: () => string;
}

/** An adapter with real places and a real sandbox. */
export interface AdapterBench {
  readonly sandbox: Sandbox;
  readonly workplaces: Workplaces;
  readonly adapter: Adapter;
  /** Starts a function of these files; it still has to be initialised. The same object is packed once only. */
  start(files: PackageFiles, settings?: Partial<FunctionSpec>): Promise<TriedWorker>;
  /** Ends all workers and removes everything. */
  close(): Promise<void>;
}

/** Sets up an adapter; `close` must be called. */
export async function tryAdapter(
  make: (parts: { sandbox: Sandbox; workplaces: Workplaces }) => Adapter,
  wanted: "auto" | SandboxLevel = "process",
): Promise<AdapterBench> {
  const root = await mkdtemp(join(tmpdir(), "functiongraph-test-"));
  const packages = new MemoryPackageStore();
  const sandbox = await createSandbox({ root, wanted });
  const workplaces = createWorkplaces(root, packages, sandbox.level);
  const adapter = make({ sandbox, workplaces });
  const workers: Worker[] = [];
  return {
    sandbox,
    workplaces,
    adapter,
    async start(files, settings = {}) {
      const { digest } = await packages.put(await packed(files));
      const worker = await adapter.start({
        ...exampleSpec,
        code: { digest, filename: "code.zip" },
        ...settings,
      });
      workers.push(worker);
      let printed = "";
      worker.output.on("data", (chunk: Buffer) => {
        printed += chunk.toString();
      });
      return { ...worker, printed: () => printed };
    },
    async close() {
      for (const worker of workers) worker.kill();
      await Promise.all(workers.map(({ exited }) => exited));
      await adapter.close();
      await sandbox.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** Programs of several megabytes take half a second to pack. */
const zips = new WeakMap<PackageFiles, Promise<Uint8Array>>();

function packed(files: PackageFiles): Promise<Uint8Array> {
  const zip =
    zips.get(files) ??
    writeZip(
      Object.entries(files).map(([path, file]) => {
        if (file instanceof Uint8Array) return { path, bytes: file, mode: 0o755 };
        const { text, mode } = typeof file === "string" ? { text: file, mode: 0o755 } : file;
        return { path, bytes: Buffer.from(text), mode };
      }),
    );
  zips.set(files, zip);
  return zip;
}

/** A function with usual settings; the code and what a test is about come from `start`. */
export const exampleSpec: FunctionSpec = {
  key: "key",
  projectId: "05a0c1ab3f4d4e2d8c6f7a9b1c2d3e4f",
  region: "eu-de",
  package: "default",
  name: "hello",
  functionId: "0123456789abcdef0123456789abcdef",
  version: "latest",
  revision: 1,
  urn: "urn:fss:eu-de:05a0c1ab3f4d4e2d8c6f7a9b1c2d3e4f:function:default:hello:latest",
  runtime: "Custom",
  handler: "index.handler",
  timeout: 10,
  memoryMb: 256,
  cpu: 400,
  temporaryMb: 512,
  userData: {},
  concurrency: 1,
  maxInstances: 400,
  code: { filename: "code.zip" },
  dependencies: [],
  hasAgency: false,
};

/** A call of an event. */
export function callOf(event: unknown, requestId = "11111111-2222-4333-8444-555555555555"): RuntimeCall {
  return { requestId, event: Buffer.from(JSON.stringify(event)), type: "sync" };
}

/** A result with its payload as text. */
export function textOf({ code, payload }: RuntimeResult): { code: number; payload: string } {
  return { code, payload: Buffer.from(payload).toString() };
}
