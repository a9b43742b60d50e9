import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Sandbox } from "../../sandbox/contract.ts";
import { type PreparedProcess, prepareProcess } from "../channel/prepared-process.ts";
import { WarmPool } from "../channel/warm-pool.ts";
import type { Adapter, Availability } from "../contract.ts";
import type { Workplaces } from "../workplaces.ts";

const runners = fileURLToPath(new URL("../../../runners/node", import.meta.url));
/** The /tmp of most functions, in MB; others get a process of their own making. */
const usualTemporaryMb = 512;

/** How Node.js functions run. */
export interface NodeAdapterOptions {
  readonly sandbox: Sandbox;
  readonly workplaces: Workplaces;
  /** Programs by runtime (`Node.js18.15`) or version (`18.15`, `18`); all others run on the Node that runs the emulator. */
  readonly programs?: Readonly<Record<string, string>>;
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

  function programOf(runtime: string): string {
    const version = runtime.replace(/^Node\.js/, "");
    return (
      programs[runtime] ?? programs[version] ?? programs[version.split(".")[0] ?? ""] ?? process.execPath
    );
  }

  function prepare(program: string, temporaryMb: number): Promise<PreparedProcess> {
    return prepareProcess({ sandbox, workplaces }, ({ seen }) => ({
      command: program,
      arguments: ["--no-warnings", `${runners}/runner.cjs`],
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
    serves: (runtime) => runtime.startsWith("Node.js"),
    check(runtime) {
      let found = checked.get(runtime);
      if (!found) {
        found = checkProgram(programOf(runtime), runtime);
        checked.set(runtime, found);
      }
      return found;
    },
    prepare(runtime) {
      poolOf(programOf(runtime)).fill();
    },
    async start(spec) {
      const program = programOf(spec.runtime);
      const usual = spec.temporaryMb === usualTemporaryMb;
      const prepared = usual ? await poolOf(program).take() : await prepare(program, spec.temporaryMb);
      return prepared.assign(spec);
    },
    async close() {
      for (const pool of pools.values()) pool.close();
    },
  };
}

async function checkProgram(program: string, runtime: string): Promise<Availability> {
  if (program === process.execPath) return { available: true, program, version: process.version };
  try {
    const { stdout } = await promisify(execFile)(program, ["--version"]);
    return { available: true, program, version: stdout.trim() };
  } catch {
    const reason = `The program ${program}, configured for the runtime ${runtime}, cannot be started. Correct it in the option programs, or leave it out to use Node.js ${process.version}.`;
    return { available: false, reason };
  }
}
