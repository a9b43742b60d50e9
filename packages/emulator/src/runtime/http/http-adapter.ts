import { fileURLToPath } from "node:url";
import type { Launched, Sandbox } from "../../sandbox/contract.ts";
import { ChannelProcess, channelWorker } from "../channel/channel-worker.ts";
import {
  type Adapter,
  type FunctionSpec,
  RuntimeFailure,
  UndeliveredCall,
  type Worker,
  type Workplace,
} from "../contract.ts";
import { prepareBootstrap } from "../custom/bootstrap.ts";
import { CallsBeforeEnd } from "../custom/calls-before-end.ts";
import { failedWorker } from "../custom/failed-worker.ts";
import { findInterpreters, type Interpreters } from "../custom/interpreters.ts";
import { startLimit } from "../custom/start-limit.ts";
import { WorkerOutput } from "../custom/worker-output.ts";
import type { Programs } from "../programs/configured-programs.ts";
import type { Workplaces } from "../workplaces.ts";
import { type OutgoingProxy, openOutgoingProxy } from "./outgoing-proxy.ts";
import { PortHolder } from "./port-holder.ts";
import type { PortTimes } from "./port-times.ts";

const runners = fileURLToPath(new URL("../../../runners", import.meta.url));
/** Port that servers of HTTP functions listen on, as on the service. */
const functionPort = 8000;
/** MB that the relay may use beside the function. */
const relayMb = 96;
/** The relay's word for a call that the server cannot have begun with, as it had ended. */
const undelivered = -1;
/** Where a function in a network of its own finds the way out. */
const seenProxy = "/opt/function/.emulator/proxy";

/** How HTTP functions run. */
export interface HttpAdapterOptions {
  readonly sandbox: Sandbox;
  readonly workplaces: Workplaces;
  /** Programs by runtime (`Node.js18.15`, `Python3`) or language (`Java`), for the paths below /opt/function/runtime. */
  readonly programs?: Programs;
  /**
   * `own`, the default, gives each instance a network with nothing but 127.0.0.1, so that several can serve port 8000; they
   * reach other hosts through an HTTP proxy that the usual variables (HTTP_PROXY …) announce. With `host` they share this machine's network and one can run at a time. Without namespaces it is always `host`.
   */
  readonly httpNetwork?: "own" | "host";
  /** The port that servers must listen on. Default: 8000, as on the service. */
  readonly port?: number;
  /** How long a start waits for the port where instances share it. */
  readonly portTimes?: Partial<PortTimes>;
}

/** Runs `http` functions: their `bootstrap` starts a server on port 8000, which gets the requests that events of APIG describe. */
export function createHttpAdapter({
  sandbox,
  workplaces,
  programs = {},
  httpNetwork = "own",
  port = functionPort,
  portTimes,
}: HttpAdapterOptions): Adapter {
  const network = sandbox.level === "namespaces" ? httpNetwork : "host";
  const holder = new PortHolder(port, portTimes);
  const ending = new AbortController();
  let interpreters: Promise<Interpreters> | undefined;
  const interpretersHere = (): Promise<Interpreters> => {
    interpreters ??= findInterpreters(programs, ending.signal);
    return interpreters;
  };
  let proxy: Promise<OutgoingProxy> | undefined;

  async function startIn(place: Workplace, spec: FunctionSpec): Promise<Worker> {
    const [found] = await Promise.all([interpretersHere(), workplaces.fill(place, spec)]);
    const bootstrap = await prepareBootstrap(place, sandbox.level, found);
    if (!bootstrap.found) {
      const failure = new RuntimeFailure(4202, "runtime bootstrap file is not found");
      return failedWorker(place, failure, bootstrap.advice);
    }
    if (network === "own") proxy ??= openOutgoingProxy();
    const wayOut = await proxy;
    const settings = {
      region: spec.region,
      port,
      startLimit: startLimit(spec),
      ownNetwork: network === "own",
      ...(wayOut && { proxy: seenProxy }),
    };
    const launched = await sandbox.launch({
      place,
      command: process.execPath,
      arguments: ["--no-warnings", `${runners}/http/relay.mjs`, JSON.stringify(settings)],
      // The function's own is none of the relay's, which hands it to the bootstrap.
      environment: { PATH: "/usr/local/bin:/usr/bin:/bin", HOME: place.seen.temporary },
      workingFolder: place.seen.root,
      memoryMb: spec.memoryMb + relayMb,
      temporaryMb: spec.temporaryMb,
      channel: true,
      endsItself: true,
      network,
      readable: [...new Set([process.execPath, `${runners}/http`, `${runners}/node`, ...found.readable])],
      mapped: wayOut ? { ...found.mapped, [seenProxy]: wayOut.socket } : found.mapped,
    });
    if (!launched.channel) throw new Error("The sandbox gave no channel.");
    const worker = channelWorker(new ChannelProcess(launched, launched.channel), spec, place);
    return httpWorker(worker, launched, bootstrap.advice);
  }

  async function start(spec: FunctionSpec): Promise<Worker> {
    const place = await workplaces.make();
    try {
      return await startIn(place, spec);
    } catch (error) {
      await workplaces.remove(place);
      throw error instanceof RuntimeFailure
        ? error
        : new RuntimeFailure(4201, `function initialization failed: ${String(error)}`);
    }
  }

  return {
    name: "http",
    serves: (runtime) => runtime === "http",
    check: async () => ({ available: true, program: process.execPath, version: process.version }),
    // Asking for them may take longer than a start; whoever needs them hears why they cannot be found.
    prepare: () => void interpretersHere().catch(() => undefined),
    start: (spec) => (network === "own" ? start(spec) : holder.start(spec, () => start(spec))),
    async close() {
      ending.abort();
      holder.close();
      await (await proxy)?.close();
    },
  };
}

/** The worker of a relay: its log is counted here, as the relay does not see what its bootstrap writes, and its own memory is left out. */
function httpWorker(worker: Worker, launched: Launched, advice: string): Worker {
  const output = new WorkerOutput(launched.output);
  const calls = new CallsBeforeEnd(worker.exited);
  return {
    ...worker,
    output: output.stream,
    exited: calls.exited,
    async initialize() {
      try {
        await worker.initialize();
        // The server is there only now, and the first calls tell its memory.
        launched.memoryMb(true);
      } catch (error) {
        await output.settle();
        output.say(advice);
        throw error;
      } finally {
        output.release();
      }
    },
    async call(call) {
      const result = await worker.call(call);
      if (result.code === undelivered) {
        // It ends the instance.
        await calls.settled();
        throw new UndeliveredCall();
      }
      const settled = calls.answered(output.settle());
      return { ...result, settled, memoryMb: Math.max(0, launched.memoryMb() - (result.memoryMb ?? 0)) };
    },
  };
}
