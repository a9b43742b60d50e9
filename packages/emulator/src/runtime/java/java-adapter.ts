import type { Sandbox } from "../../sandbox/contract.ts";
import type { PreparedProcess } from "../channel/prepared-process.ts";
import { WarmPool } from "../channel/warm-pool.ts";
import { type Adapter, type Availability, RuntimeFailure } from "../contract.ts";
import { configuredVersions, type Programs } from "../programs/configured-programs.ts";
import type { Workplaces } from "../workplaces.ts";
import { compileRunner } from "./compile-runner.ts";
import { type FoundJava, findJava } from "./find-java.ts";
import { startJavaProcess } from "./java-process.ts";
import { userCacheFolder } from "./user-cache.ts";

type UsableJava = Exclude<FoundJava, { readonly reason: string }>;

/** How Java functions run. */
export interface JavaAdapterOptions {
  readonly sandbox: Sandbox;
  readonly workplaces: Workplaces;
  /** Folder that keeps the compiled runner. */
  readonly cacheFolder: string;
  /** Looks for a folder that keeps it for all emulators. Default: this user's for such things. */
  readonly commonFolder?: () => string | undefined;
  /** Programs by runtime (`Java17`) or for all (`Java`); otherwise those of JAVA_HOME and PATH. */
  readonly programs?: Programs;
  /** Java machines kept ready for each size of memory that is in use; 0 keeps none. Default: 1. */
  readonly warm?: number;
  /** Where JAVA_HOME and PATH come from. Default: the emulator's. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** A machine that waits takes some 40 MB, so only for the sizes used last is one kept. */
const mostPools = 2;

/** Runs `Java*` functions, on the Java of this machine, in processes of which the next is started ahead. */
export function createJavaAdapter({
  sandbox,
  workplaces,
  cacheFolder,
  programs = {},
  warm = 1,
  environment = process.env,
  commonFolder = () => userCacheFolder(environment),
}: JavaAdapterOptions): Adapter {
  const found = new Map<string, Promise<FoundJava>>();
  const pools = new Map<string, WarmPool<PreparedProcess>>();
  const ending = new AbortController();
  /** By the number of the Java. */
  const runners = new Map<number, Promise<string>>();

  function find(runtime: string): Promise<FoundJava> {
    let java = found.get(runtime);
    if (!java) {
      java = findJava(runtime, { programs, environment, signal: ending.signal });
      found.set(runtime, java);
    }
    return java;
  }

  async function compiled({ java: { major }, compiler }: UsableJava): Promise<string> {
    const runner = runners.get(major) ?? compileFor(major, compiler);
    runners.set(major, runner);
    try {
      return await runner;
    } catch (error) {
      runners.delete(major);
      throw new RuntimeFailure(
        4201,
        `function initialization failed: the Java runner does not compile: ${error}`,
      );
    }
  }

  function compileFor(major: number, compiler: string): Promise<string> {
    const common = commonFolder();
    return compileRunner({
      compiler,
      major,
      cacheFolders: common === undefined ? [cacheFolder] : [cacheFolder, common],
      signal: ending.signal,
    });
  }

  /** The pool of a kind of machine, which becomes the one used last. */
  function poolOf(key: string, make: () => Promise<PreparedProcess>): WarmPool<PreparedProcess> {
    const pool = pools.get(key) ?? new WarmPool(warm, make);
    pools.delete(key);
    pools.set(key, pool);
    const [oldest] = pools.keys();
    if (pools.size > mostPools && oldest !== undefined) {
      pools.get(oldest)?.close();
      pools.delete(oldest);
    }
    return pool;
  }

  return {
    name: "java",
    configured: configuredVersions(programs, "Java"),
    serves: (runtime) => /^Java\d/.test(runtime),
    check: async (runtime) => availabilityOf(runtime, await find(runtime)),
    prepare(runtime) {
      // What cannot be compiled fails with its reason at the first call.
      void find(runtime)
        .then((java) => ("reason" in java ? undefined : compiled(java)))
        .catch(() => undefined);
    },
    async start(spec) {
      const java = await find(spec.runtime);
      if ("reason" in java) throw new RuntimeFailure(4201, `function initialization failed: ${java.reason}`);
      const archive = await compiled(java);
      const { memoryMb, temporaryMb } = spec;
      const pool = poolOf(JSON.stringify([java.java.program, memoryMb, temporaryMb]), () =>
        startJavaProcess({ sandbox, workplaces, java: java.java, runner: archive, memoryMb, temporaryMb }),
      );
      return (await pool.take()).assign(spec);
    },
    async close() {
      ending.abort();
      for (const pool of pools.values()) pool.close();
      pools.clear();
      // What it keeps is removed after this.
      await Promise.allSettled(runners.values());
    },
  };
}

function availabilityOf(runtime: string, found: FoundJava): Availability {
  if ("reason" in found) return { available: false, reason: found.reason };
  const { program, version, major } = found.java;
  // What was compiled for an older Java runs, so the function may well; if its classes are newer the call says so.
  const short = Number(runtime.slice("Java".length)) > major;
  const note = short
    ? `${version} (for ${runtime}: only what is compiled for Java ${major} or older runs)`
    : version;
  return { available: true, program, version: note };
}
