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
import { createPythonAdapter } from "../../src/runtime/python/python-adapter.ts";
import { createWorkplaces } from "../../src/runtime/workplaces.ts";
import type { SandboxLevel } from "../../src/sandbox/contract.ts";
import { createSandbox } from "../../src/sandbox/create-sandbox.ts";
import { MemoryPackageStore } from "../../src/store/memory-package-store.ts";
import { writeZip } from "../../src/zip/write-zip.ts";

/** An instance of a function with what it has written so far. */
export interface StartedFunction {
  readonly worker: Worker;
  /** Calls it with an event, which becomes JSON unless it is bytes. */
  call(event?: unknown, call?: Partial<RuntimeCall>): Promise<RuntimeResult & { readonly text: string }>;
  /** Its log, once so many bytes have come. */
  log(bytes?: number): Promise<string>;
}

/** Starts functions from their files, in a real sandbox. */
export interface PythonFunctions {
  readonly adapter: Adapter;
  readonly level: SandboxLevel;
  /** Folder with all places. */
  readonly root: string;
  /** @param files source texts by path; a text alone is index.py @param change what differs from the usual function */
  start(
    files: Sources,
    change?: Partial<FunctionSpec>,
    dependencies?: readonly Sources[],
  ): Promise<StartedFunction>;
  /** The same without its initialization. */
  make(
    files: Sources,
    change?: Partial<FunctionSpec>,
    dependencies?: readonly Sources[],
  ): Promise<StartedFunction>;
  /** Resolves when so many processes wait for code. */
  filled(count: number): Promise<void>;
  /** Resolves when at most so many places are left. */
  emptied(count: number): Promise<void>;
  close(): Promise<void>;
}

/** Files by their paths, or the text of index.py. */
export type Sources = string | Record<string, string>;

let count = 0;

/** Makes everything that Python functions need; `close` ends all that was started. */
export async function pythonFunctions(
  wanted: SandboxLevel,
  options: { readonly warm?: number; readonly programs?: Record<string, string> } = {},
): Promise<PythonFunctions> {
  const root = await mkdtemp(join(tmpdir(), "functiongraph-python-"));
  const sandbox = await createSandbox({ root, wanted });
  const packages = new MemoryPackageStore();
  const workplaces = createWorkplaces(root, packages, sandbox.level);
  const places = new Set<string>();
  const waiting = new Set<string>();
  const taken = new Set<string>();
  const watchers = new Set<() => void>();
  const changed = (): void => {
    for (const watcher of watchers) watcher();
  };
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const watcher = (): void => {
        if (!holds()) return;
        watchers.delete(watcher);
        resolve();
      };
      watchers.add(watcher);
      watcher();
    });
  const adapter = createPythonAdapter({
    ...options,
    sandbox: {
      ...sandbox,
      async launch(request) {
        const launched = await sandbox.launch(request);
        // The first frame says that it waits.
        launched.channel?.once("data", () => {
          if (!taken.has(request.place.id)) waiting.add(request.place.id);
          changed();
        });
        return launched;
      },
    },
    workplaces: {
      async make() {
        const place = await workplaces.make();
        places.add(place.id);
        return place;
      },
      async fill(place, spec) {
        taken.add(place.id);
        waiting.delete(place.id);
        await workplaces.fill(place, spec);
      },
      async remove(place) {
        await workplaces.remove(place);
        places.delete(place.id);
        waiting.delete(place.id);
        changed();
      },
    },
  });

  async function put(files: Sources): Promise<string> {
    const sources = typeof files === "string" ? { "index.py": files } : files;
    const zip = await writeZip(
      Object.entries(sources).map(([path, text]) => ({ path, bytes: Buffer.from(text) })),
    );
    return (await packages.put(zip)).digest;
  }

  const make: PythonFunctions["make"] = async (files, change = {}, dependencies = []) => {
    const digest = await put(files);
    const spec = { dependencies: await Promise.all(dependencies.map(put)), ...change };
    return started(await adapter.start(specOf(digest, spec)));
  };

  return {
    adapter,
    level: sandbox.level,
    root,
    make,
    filled: (count) => until(() => waiting.size >= count),
    emptied: async (most) => until(() => places.size <= most),
    async start(files, change, dependencies) {
      const one = await make(files, change, dependencies);
      await one.worker.initialize();
      return one;
    },
    async close() {
      await adapter.close();
      await sandbox.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

function started(worker: Worker): StartedFunction {
  const chunks: Buffer[] = [];
  let size = 0;
  let onOutput = (): void => undefined;
  worker.output.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    onOutput();
  });
  return {
    worker,
    async call(event = {}, call = {}) {
      count += 1;
      const bytes = event instanceof Uint8Array ? event : Buffer.from(JSON.stringify(event));
      const result = await worker.call({
        requestId: `request-${count}`,
        type: "sync",
        ...call,
        event: bytes,
      });
      return { ...result, text: Buffer.from(result.payload).toString() };
    },
    log: (bytes = 0) =>
      new Promise((resolve) => {
        onOutput = () => {
          if (size >= bytes) resolve(Buffer.concat(chunks).toString());
        };
        onOutput();
      }),
  };
}

function specOf(digest: string, change: Partial<FunctionSpec>): FunctionSpec {
  return {
    key: digest,
    projectId: "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
    region: "eu-de",
    package: "default",
    name: "hello",
    functionId: "1",
    version: "latest",
    revision: 1,
    urn: "urn:fss:eu-de:0a1b2c3d4e5f60718293a4b5c6d7e8f9:function:default:hello:latest",
    runtime: "Python3.9",
    handler: "index.handler",
    timeout: 3,
    memoryMb: 128,
    cpu: 300,
    temporaryMb: 512,
    userData: {},
    concurrency: 1,
    maxInstances: 400,
    code: { digest, filename: "index.zip" },
    dependencies: [],
    hasAgency: false,
    ...change,
  };
}
