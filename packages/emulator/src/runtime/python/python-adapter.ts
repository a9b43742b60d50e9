import type { Sandbox } from "../../sandbox/contract.ts";
import type { PreparedProcess } from "../channel/prepared-process.ts";
import { WarmPool } from "../channel/warm-pool.ts";
import { type Adapter, RuntimeFailure } from "../contract.ts";
import { configuredVersions, type Programs } from "../programs/configured-programs.ts";
import type { Workplaces } from "../workplaces.ts";
import { interpreterChooser } from "./choose-interpreter.ts";
import type { Interpreter } from "./interpreter.ts";
import { preparePython } from "./prepare-python.ts";

/** How Python functions run. */
export interface PythonAdapterOptions {
  readonly sandbox: Sandbox;
  readonly workplaces: Workplaces;
  /** Interpreters by runtime (`Python3.9`, `Python3`) or for all (`Python`); all others run on the first `python3` of PATH. */
  readonly programs?: Programs;
  /** Processes per interpreter that are kept ready for code. Default: 2. */
  readonly warm?: number;
}

/** The /tmp of most functions, in MB; others get a process of their own making. */
const usualTemporaryMb = 512;

/** Runs `Python*` functions, each instance in a process that was started ahead. */
export function createPythonAdapter({
  sandbox,
  workplaces,
  programs = {},
  warm = 2,
}: PythonAdapterOptions): Adapter {
  const ending = new AbortController();
  const choose = interpreterChooser(programs, ending.signal);
  const pools = new Map<string, WarmPool<PreparedProcess>>();

  function poolOf(interpreter: Interpreter): WarmPool<PreparedProcess> {
    let pool = pools.get(interpreter.program);
    if (!pool) {
      pool = new WarmPool(warm, () => preparePython({ sandbox, workplaces }, interpreter, usualTemporaryMb));
      pools.set(interpreter.program, pool);
    }
    return pool;
  }

  return {
    name: "python",
    configured: configuredVersions(programs, "Python"),
    serves: (runtime) => runtime.startsWith("Python"),
    async check(runtime) {
      const choice = await choose(runtime);
      if ("reason" in choice) return { available: false, reason: choice.reason };
      return { available: true, program: choice.program, version: choice.version };
    },
    prepare(runtime) {
      void choose(runtime).then((choice) => {
        if (!("reason" in choice) && !ending.signal.aborted) poolOf(choice).fill();
      });
    },
    async start(spec) {
      const interpreter = await choose(spec.runtime);
      if ("reason" in interpreter) throw new RuntimeFailure(4201, interpreter.reason);
      const prepared =
        spec.temporaryMb === usualTemporaryMb
          ? await poolOf(interpreter).take()
          : await preparePython({ sandbox, workplaces }, interpreter, spec.temporaryMb);
      return prepared.assign(spec);
    },
    async close() {
      ending.abort();
      for (const pool of pools.values()) pool.close();
    },
  };
}
