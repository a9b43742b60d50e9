import { fileURLToPath } from "node:url";
import type { Sandbox } from "../../sandbox/contract.ts";
import { type PreparedProcess, prepareProcess } from "../channel/prepared-process.ts";
import { WarmPool } from "../channel/warm-pool.ts";
import { type Adapter, type Availability, RuntimeFailure } from "../contract.ts";
import { configuredProgram, configuredVersions, type Programs } from "../programs/configured-programs.ts";
import { programsOption } from "../programs/programs-option.ts";
import type { Workplaces } from "../workplaces.ts";
import { askNode, runsFunctions } from "./ask-node.ts";

const runners = fileURLToPath(new URL("../../../runners/node", import.meta.url));
/** The /tmp of most functions, in MB; others get a process of their own making. */
const usualTemporaryMb = 512;
/** MB of old objects at which the engine first looks for garbage: it would let hundreds come together, and learns only later how few it may have. */
const heapArgument = "--initial-old-space-size=16";

/** How Node.js functions run. */
export interface NodeAdapterOptions {
  readonly sandbox: Sandbox;
  readonly workplaces: Workplaces;
  /** Programs by runtime (`Node.js18.15`, `Node.js18`) or for all (`Node.js`); all others run on the Node that runs the emulator. */
  readonly programs?: Programs;
  /** Processes that are kept ready for code. */
  readonly warm?: number;
}

/** Runs `Node.js*` functions, in processes that were started ahead. */
export function createNodeAdapter({
  sandbox,
  workplaces,
  programs = {},
  warm = 2,
}: NodeAdapterOptions): Adapter {
  const pools = new Map<string, WarmPool<PreparedProcess>>();
  const checked = new Map<string, Promise<Availability>>();
  const ending = new AbortController();

  function check(runtime: string): Promise<Availability> {
    let found = checked.get(runtime);
    if (!found) {
      found = checkProgram(programs, runtime, ending.signal);
      checked.set(runtime, found);
    }
    return found;
  }

  function prepare(program: string, temporaryMb: number): Promise<PreparedProcess> {
    return prepareProcess({ sandbox, workplaces }, ({ seen }) => ({
      command: program,
      arguments: ["--no-warnings", heapArgument, `${runners}/runner.cjs`],
      environment: { PATH: "/usr/local/bin:/usr/bin:/bin", HOME: seen.temporary },
      temporaryMb,
      readable: [program, runners],
    }));
  }

  function poolOf(program: string): WarmPool<PreparedProcess> {
    let pool = pools.get(program);
    if (!pool) {
      pool = new WarmPool(warm, () => prepare(program, usualTemporaryMb));
      pools.set(program, pool);
    }
    return pool;
  }

  return {
    name: "node",
    configured: configuredVersions(programs, "Node.js"),
    serves: (runtime) => runtime.startsWith("Node.js"),
    check,
    prepare(runtime) {
      void check(runtime).then((found) => {
        if (found.available && !ending.signal.aborted) poolOf(found.program).fill();
      });
    },
    async start(spec) {
      const found = await check(spec.runtime);
      if (!found.available) throw new RuntimeFailure(4201, `function initialization failed: ${found.reason}`);
      const usual = spec.temporaryMb === usualTemporaryMb;
      const prepared = usual
        ? await poolOf(found.program).take()
        : await prepare(found.program, spec.temporaryMb);
      return prepared.assign(spec);
    },
    async close() {
      ending.abort();
      for (const pool of pools.values()) pool.close();
    },
  };
}

async function checkProgram(programs: Programs, runtime: string, signal: AbortSignal): Promise<Availability> {
  const configured = configuredProgram(programs, "Node.js", runtime.replace(/^Node\.js/, ""));
  if (!configured || configured.program === process.execPath)
    return { available: true, program: process.execPath, version: process.version };
  const { key, program } = configured;
  const remedy = `${programsOption("Node.js", key)}, or leave it out to use Node.js ${process.version}`;
  const found = await askNode(program, signal);
  if (!found) {
    const reason = `The program ${program}, configured for ${key}, cannot be started or is no Node.js. Correct it ${remedy}.`;
    return { available: false, reason };
  }
  if (runsFunctions(found.version)) return { available: true, ...found };
  const reason = `The program ${program}, configured for ${key}, is Node.js ${found.version}. Name one of version 16.9 or newer ${remedy}.`;
  return { available: false, reason };
}
