import { clearTimeout, setTimeout } from "node:timers";
import type { Launched, Sandbox } from "../../sandbox/contract.ts";
import { environmentOf } from "../channel/function-context.ts";
import {
  type Adapter,
  type FunctionSpec,
  type ProcessEnd,
  RuntimeFailure,
  type RuntimeResult,
  type Worker,
  type Workplace,
} from "../contract.ts";
import type { Programs } from "../programs/configured-programs.ts";
import type { Workplaces } from "../workplaces.ts";
import { prepareBootstrap } from "./bootstrap.ts";
import { CallsBeforeEnd } from "./calls-before-end.ts";
import { failedWorker } from "./failed-worker.ts";
import { findInterpreters, type Interpreters } from "./interpreters.ts";
import { openRuntimeApi, type RuntimeApi } from "./runtime-api.ts";
import { startLimit } from "./start-limit.ts";
import { WorkerOutput } from "./worker-output.ts";

/** How functions with a runtime of their own run. */
export interface CustomAdapterOptions {
  readonly sandbox: Sandbox;
  readonly workplaces: Workplaces;
  /** Programs by runtime (`Node.js18.15`, `Python3`) or language (`Java`), for the paths below /opt/function/runtime. */
  readonly programs?: Programs;
  /** Seconds that a runtime's request waits for a call before it is told that there is none. Default: 20. */
  readonly pollSeconds?: number;
}

const shell = "/bin/sh";
/** What shells end with when a file cannot be run, or is not there. */
const notRunnable: ReadonlySet<number | null> = new Set([126, 127]);

/** Runs `Custom` functions: their executable `bootstrap` asks for calls and answers them over HTTP. */
export function createCustomAdapter({
  sandbox,
  workplaces,
  programs = {},
  pollSeconds = 20,
}: CustomAdapterOptions): Adapter {
  const ending = new AbortController();
  let interpreters: Promise<Interpreters> | undefined;
  const interpretersHere = (): Promise<Interpreters> => {
    interpreters ??= findInterpreters(programs, ending.signal);
    return interpreters;
  };

  async function start(spec: FunctionSpec, place: Workplace): Promise<Worker> {
    const [found] = await Promise.all([interpretersHere(), workplaces.fill(place, spec)]);
    const bootstrap = await prepareBootstrap(place, sandbox.level, found);
    if (!bootstrap.found || !bootstrap.executable) {
      const advice = bootstrap.found
        ? "bootstrap is there but not executable: run chmod +x bootstrap before packing. ZIP programs of Windows lose that; pack on Linux, macOS or in WSL."
        : bootstrap.advice;
      return failedWorker(place, new RuntimeFailure(4202, "runtime bootstrap file is not found"), advice);
    }
    const api = await openRuntimeApi(spec.hasAgency, pollSeconds * 1000);
    try {
      const launched = await sandbox.launch({
        place,
        command: shell,
        // A script without a first line that names its interpreter is the shell's.
        arguments: ["-c", 'exec "$0"', `${place.seen.code}/bootstrap`],
        environment: { ...environmentOf(spec, place), RUNTIME_API_ADDR: api.address },
        workingFolder: place.seen.root,
        memoryMb: spec.memoryMb,
        temporaryMb: spec.temporaryMb,
        channel: false,
        network: "host",
        readable: found.readable,
        mapped: found.mapped,
      });
      return customWorker(spec, { place, launched, api, advice: bootstrap.advice });
    } catch (error) {
      api.close();
      throw error;
    }
  }

  return {
    name: "custom",
    serves: (runtime) => runtime === "Custom",
    check: async () => ({ available: true, program: shell, version: "the package's own bootstrap" }),
    // Asking for them may take longer than a start; whoever needs them hears why they cannot be found.
    prepare: () => void interpretersHere().catch(() => undefined),
    async start(spec) {
      const place = await workplaces.make();
      try {
        return await start(spec, place);
      } catch (error) {
        await workplaces.remove(place);
        throw error instanceof RuntimeFailure
          ? error
          : new RuntimeFailure(4201, `function initialization failed: ${String(error)}`);
      }
    },
    async close() {
      ending.abort();
    },
  };
}

interface CustomParts {
  readonly place: Workplace;
  readonly launched: Launched;
  readonly api: RuntimeApi;
  readonly advice: string;
}

function customWorker(spec: FunctionSpec, { place, launched, api, advice }: CustomParts): Worker {
  const output = new WorkerOutput(launched.output);
  const calls = new CallsBeforeEnd(launched.exited, () => api.close());
  return {
    place,
    pid: launched.pid,
    output: output.stream,
    async initialize() {
      try {
        await waitUntilAsked(spec, launched, api, (text) =>
          output.say([text, advice].filter(Boolean).join("\n")),
        );
      } finally {
        output.release();
      }
    },
    async call(call): Promise<RuntimeResult> {
      const { code, payload } = await api.call(call);
      const settled = calls.answered(output.settle());
      return { code, payload, settled, memoryMb: launched.memoryMb(), reusable: true };
    },
    async preStop() {
      launched.kill();
      await launched.exited;
    },
    kill: () => launched.kill(),
    watch: (on) => launched.watch(on),
    exited: calls.exited,
  };
}

/** A runtime is ready when it asks for its first request. @throws RuntimeFailure */
async function waitUntilAsked(
  spec: FunctionSpec,
  launched: Launched,
  api: RuntimeApi,
  say: (text: string) => void,
): Promise<void> {
  const seconds = spec.initializer?.timeout ?? spec.timeout;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(resolve, startLimit(spec), "late");
  });
  const event = await Promise.race([api.asked, launched.exited, late]);
  clearTimeout(timer);
  if (event === undefined) return;
  if (event === "late") {
    say(
      `bootstrap runs, but has not asked for a request within ${seconds} s. It must loop over GET http://$RUNTIME_API_ADDR/v1/runtime/invocation/request.`,
    );
    throw new RuntimeFailure(4201, "function initialization failed");
  }
  say(explainEnd(event));
  throw event.outOfMemory
    ? new RuntimeFailure(4205, "runtime memory limit exceeded")
    : new RuntimeFailure(4204, "runtime process is exited");
}

function explainEnd({ code, signal }: ProcessEnd): string {
  const how = signal === null ? `with code ${code}` : `by ${signal}`;
  if (signal === null && notRunnable.has(code))
    return `bootstrap ended ${how}: it, or a program that it calls, cannot be run. See that its first line names an interpreter that is there, and that it is made for this machine's processor.`;
  return `bootstrap ended ${how} before it asked for a request. It must loop over GET http://$RUNTIME_API_ADDR/v1/runtime/invocation/request and never end.`;
}
