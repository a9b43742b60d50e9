import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Adapter, FunctionSpec, RuntimeCall, Worker } from "../../src/runtime/contract.ts";
import { javaSources } from "../../src/runtime/java/compile-runner.ts";
import { type FoundJava, findJava } from "../../src/runtime/java/find-java.ts";
import { createJavaAdapter } from "../../src/runtime/java/java-adapter.ts";
import { createWorkplaces } from "../../src/runtime/workplaces.ts";
import type { SandboxLevel } from "../../src/sandbox/contract.ts";
import { createSandbox } from "../../src/sandbox/create-sandbox.ts";
import { MemoryPackageStore } from "../../src/store/memory-package-store.ts";
import type { ZipFile } from "../../src/zip/write-zip.ts";

const fixtures = fileURLToPath(new URL("../fixtures/", import.meta.url));
/** Stays from run to run, as the name of the compiled runner holds a digest of its sources. */
export const cacheFolder: string = fileURLToPath(
  new URL("../../../../node_modules/.cache/functiongraph-java", import.meta.url),
);
/** Classes by their fixture: several test files want the same ones, and the compiler takes a second or more. */
const compiled = new Map<string, Promise<ZipFile[]>>();

/** The Java that tests run on, or why there is none. */
export const foundJava: FoundJava = await findJava("Java17", { programs: {}, environment: process.env });

/** How a call ended, with the payload as text. */
export interface EndedJavaCall {
  readonly code: number;
  readonly text: string;
  readonly written: number;
}

/** An instance with what it has printed. */
export interface JavaInstance {
  readonly worker: Worker;
  call(event: unknown, call?: Partial<RuntimeCall>): Promise<EndedJavaCall>;
  /** What it has printed, once it is so many bytes. */
  printed(bytes: number): Promise<string>;
}

/** Java functions in a real sandbox. */
export interface JavaFunctions {
  readonly adapter: Adapter;
  /** Classes compiled from a folder of `test/fixtures`. */
  classes(fixture: string): Promise<ZipFile[]>;
  /** Starts an instance of a package and initialises it. */
  start(bytes: Uint8Array, settings: Partial<FunctionSpec>): Promise<JavaInstance>;
  /** The same without the initialisation. */
  make(bytes: Uint8Array, settings: Partial<FunctionSpec>): Promise<JavaInstance>;
  close(): Promise<void>;
}

/** @param warm machines kept ready */
export async function javaFunctions(wanted: SandboxLevel, warm: number): Promise<JavaFunctions> {
  const root = await mkdtemp(join(tmpdir(), "functiongraph-java-"));
  const sandbox = await createSandbox({ root, wanted });
  const packages = new MemoryPackageStore();
  const workplaces = createWorkplaces(root, packages, sandbox.level);
  const adapter = createJavaAdapter({ sandbox, workplaces, cacheFolder, warm });
  const workers: Worker[] = [];
  async function make(bytes: Uint8Array, settings: Partial<FunctionSpec>): Promise<JavaInstance> {
    const { digest } = await packages.put(bytes);
    const worker = await adapter.start({
      ...usualSpec,
      code: { digest, filename: "function.jar" },
      ...settings,
      ...(settings.code && { code: { ...settings.code, digest } }),
    });
    workers.push(worker);
    return instanceOf(worker);
  }
  return {
    adapter,
    make,
    classes(fixture) {
      const classes = compiled.get(fixture) ?? compile(fixture, join(root, fixture));
      compiled.set(fixture, classes);
      return classes;
    },
    async start(bytes, settings) {
      const instance = await make(bytes, settings);
      await instance.worker.initialize();
      return instance;
    },
    async close() {
      for (const worker of workers) worker.kill();
      await adapter.close();
      await sandbox.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

function instanceOf(worker: Worker): JavaInstance {
  let printed = Buffer.alloc(0);
  let onOutput = (): void => undefined;
  worker.output.on("data", (chunk: Buffer) => {
    printed = Buffer.concat([printed, chunk]);
    onOutput();
  });
  let count = 0;
  return {
    worker,
    async call(event, call = {}) {
      count += 1;
      const bytes = event instanceof Uint8Array ? event : Buffer.from(JSON.stringify(event));
      const result = await worker.call({
        requestId: `request-${count}`,
        type: "sync",
        ...call,
        event: bytes,
      });
      const text = Buffer.from(result.payload).toString();
      return { code: result.code, text, written: result.written ?? -1 };
    },
    printed: (bytes) =>
      new Promise((resolve) => {
        onOutput = () => {
          if (printed.length >= bytes) resolve(printed.toString());
        };
        onOutput();
      }),
  };
}

async function compile(fixture: string, target: string): Promise<ZipFile[]> {
  if ("reason" in foundJava) throw new Error(foundJava.reason);
  const sources = await filesBelow(join(fixtures, fixture));
  const path = ["-sourcepath", [join(fixtures, fixture), javaSources].join(delimiter)];
  // The interfaces come from the runner's sources, and their classes are not to be made here.
  const options = ["-implicit:none", "-proc:none", "-nowarn", "-encoding", "UTF-8", "-d", target];
  const paths = sources.map((source) => join(fixtures, fixture, source));
  await promisify(execFile)(foundJava.compiler, [...path, ...options, ...paths]);
  const classes = await filesBelow(target);
  return Promise.all(
    classes.map(async (name) => ({ path: name, bytes: await readFile(join(target, name)) })),
  );
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replace(/^\//, ""));
}

/** A function with usual settings. */
export const usualSpec: FunctionSpec = {
  key: "key",
  projectId: "05a0c1ab3f4d4e2d8c6f7a9b1c2d3e4f",
  region: "eu-de",
  package: "default",
  name: "hello",
  functionId: "0123456789abcdef0123456789abcdef",
  version: "latest",
  revision: 1,
  urn: "urn:fss:eu-de:05a0c1ab3f4d4e2d8c6f7a9b1c2d3e4f:function:default:hello:latest",
  runtime: "Java17",
  handler: "demo.Acts.act",
  timeout: 10,
  memoryMb: 128,
  cpu: 300,
  temporaryMb: 512,
  userData: { COLOR: "blue" },
  concurrency: 1,
  maxInstances: 400,
  code: { filename: "function.jar" },
  dependencies: [],
  hasAgency: false,
};
