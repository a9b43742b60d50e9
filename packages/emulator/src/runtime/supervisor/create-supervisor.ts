import { availableParallelism } from "node:os";
import type { TimerClock } from "../../core/clock.ts";
import type { FunctionRunner, InvocationOutcome } from "../../core/invocation/contract.ts";
import { ServiceError } from "../../core/service-error.ts";
import type { Sandbox } from "../../sandbox/contract.ts";
import {
  type Adapter,
  type FunctionSpec,
  type RuntimeCall,
  RuntimeFailure,
  type Workplace,
} from "../contract.ts";
import { payloadOf } from "./failure-object.ts";
import { Fleet } from "./fleet.ts";
import type { EndedCall, Instance } from "./instance.ts";
import { logText } from "./log-text.ts";

/** What the supervisor works with. */
export interface SupervisorOptions {
  readonly adapters: readonly Adapter[];
  readonly sandbox: Sandbox;
  /** Removes what an instance left. */
  readonly removePlace: (place: Workplace) => Promise<void>;
  readonly clock: TimerClock;
  /** Most instances of all functions at once. */
  readonly maxInstances: number;
  /** Seconds that an idle instance is kept. */
  readonly idleSeconds: number;
  /** Seconds that a call waits for an instance when none may be started. */
  readonly queueSeconds: number;
}

/** Milliseconds by which calls of one function may be preferred to those of another, as its instances are there. */
const fairness = 1000;

const overloaded = "Your request has been controlled by overload sdk, please retry later";

/** Runs functions: keeps their instances, starts them when they are needed, and ends them when they are not. */
export function createSupervisor(options: SupervisorOptions): FunctionRunner {
  const { adapters, sandbox, clock, maxInstances, idleSeconds } = options;
  const fleets = new Map<string, Fleet>();
  /** Starting at once; more would only slow each other down. */
  const mostStarting = Math.max(16, availableParallelism() * 2);
  const ends = new Set<Promise<unknown>>();
  let closed = false;
  let cancelSweep: (() => void) | undefined;

  const all = (): Instance[] => [...fleets.values()].flatMap(({ instances }) => [...instances]);
  const adapterOf = (runtime: string): Adapter => {
    const adapter = adapters.find((one) => one.serves(runtime));
    if (adapter) return adapter;
    throw new ServiceError(
      "FSS.0503",
      `Service unavailable. The emulator knows no way to run the runtime ${runtime}.`,
    );
  };

  function mayStart(fleet: Fleet): boolean {
    if (closed) return false;
    let present = 0;
    let starting = 0;
    for (const { instances } of fleets.values())
      for (const { state } of instances) {
        present += 1;
        if (state === "COLD" || state === "STARTING" || state === "INIT") starting += 1;
      }
    if (starting >= mostStarting) return false;
    if (present < maxInstances) return true;
    makeRoom(fleet);
    return false;
  }

  /** Ends the instance of another function that has been idle for longest: its place is better used by a call. */
  function makeRoom(fleet: Fleet): void {
    let oldest: Instance | undefined;
    for (const other of fleets.values()) {
      if (other === fleet) continue;
      for (const one of other.instances) {
        const idle = one.state === "IDLE" && one.load === 0 && !one.reserved;
        if (idle && (!oldest || one.lastUsed < oldest.lastUsed)) oldest = one;
      }
    }
    oldest?.drain();
  }

  function mustYield(fleet: Fleet): boolean {
    if (fleet.reserved > 0) return false;
    let present = 0;
    for (const { instances } of fleets.values()) present += instances.size;
    if (present < maxInstances) return false;
    for (const other of fleets.values())
      if (other !== fleet && other.waitingSince < fleet.waitingSince - fairness) {
        // One that waits for as long as this may wait for its own start.
        if (performance.now() - other.waitingSince > fairness) return true;
      }
    return false;
  }

  function changed(fleet: Fleet): void {
    // Another may be there in its place: news of a killed instance's end comes when the next call has long begun.
    const isPresent = fleets.get(fleet.spec.key) === fleet;
    if (isPresent && fleet.isEmpty) fleets.delete(fleet.spec.key);
    if (!isPresent && !fleet.isEmpty) fleet.drain();
    for (const other of fleets.values()) if (other !== fleet && other.waiting > 0) other.pump();
    sweepLater();
  }

  function fleetOf(spec: FunctionSpec): Fleet {
    let fleet = fleets.get(spec.key);
    if (!fleet) {
      fleet = new Fleet(spec, { adapter: watched(adapterOf(spec.runtime)), mayStart, mustYield, changed });
      fleets.set(spec.key, fleet);
      // Instances of what this version was before its code or configuration changed.
      for (const other of fleets.values())
        if (other !== fleet && other.spec.urn === spec.urn && other.spec.revision !== spec.revision)
          other.drain();
    }
    return fleet;
  }

  /** An adapter whose workers' places are removed once they are gone. */
  function watched(adapter: Adapter): Adapter {
    return {
      ...adapter,
      start: async (spec) => {
        const worker = await adapter.start(spec);
        const end = worker.exited.then(() => options.removePlace(worker.place));
        ends.add(end);
        void end.finally(() => ends.delete(end));
        return worker;
      },
    };
  }

  /** Looks for instances that have been idle for long, as long as there are any. */
  function sweepLater(): void {
    if (cancelSweep || closed || fleets.size === 0) return;
    const since = performance.now();
    const at = clock.now().getTime() + idleSeconds * 1000;
    cancelSweep = clock.setTimer(new Date(at), () => {
      cancelSweep = undefined;
      for (const instance of all())
        if (
          instance.state === "IDLE" &&
          !instance.reserved &&
          instance.load === 0 &&
          instance.lastUsed <= since
        )
          instance.drain();
      // Calls that were refused, or gave up waiting, leave fleets without anything.
      for (const fleet of fleets.values()) if (fleet.isEmpty) fleets.delete(fleet.spec.key);
      sweepLater();
    });
  }

  /** Waits for an instance, if need be for one that is started. */
  async function acquire(spec: FunctionSpec, signal: AbortSignal | undefined): Promise<Instance> {
    const availability = await adapterOf(spec.runtime).check(spec.runtime);
    if (!availability.available)
      throw new ServiceError("FSS.0503", `Service unavailable. ${availability.reason}`);
    // The fleet may be gone by now, if it was empty meanwhile, or others may have come.
    const present = fleetOf(spec);
    const instance = present.take();
    if (instance) return instance;
    if (present.isFull) throw new ServiceError("FSS.0429", overloaded);
    const waiting = present.wait();
    const timer = setTimeout(
      () => present.leave(waiting, new ServiceError("FSS.0429", overloaded)),
      options.queueSeconds * 1000,
    );
    const abort = (): void =>
      present.leave(waiting, new RuntimeFailure(4208, "function invocation canceled"));
    signal?.addEventListener("abort", abort, { once: true });
    try {
      return await waiting.instance;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    }
  }

  async function run(
    spec: FunctionSpec,
    call: RuntimeCall,
    signal?: AbortSignal,
  ): Promise<InvocationOutcome> {
    if (closed) throw new ServiceError("FSS.0503", "Service unavailable. The emulator is being stopped.");
    const startedAt = clock.now();
    let cold = true;
    let ended: EndedCall;
    try {
      do {
        const warm = fleetOf(spec).take();
        const instance = warm ?? (await acquire(spec, signal));
        cold = !warm && instance.served === 0;
        ended = await instance.run(call, signal);
        // An instance that was dead already: nothing has run, and the next one may.
      } while (ended.undelivered && !closed);
    } catch (error) {
      if (!(error instanceof RuntimeFailure)) throw error;
      const result = { code: error.code, payload: payloadOf(error), reusable: false };
      ended = { result, lines: error.log ?? "", duration: 0, undelivered: false };
    }
    const { result, lines, duration } = ended;
    const { requestId, alias } = call;
    const { code, payload, memoryMb: memoryUsedMb = 0 } = result;
    const billed = Math.ceil(duration);
    const figures = { requestId, spec, startedAt, duration, billed, memoryUsedMb, code };
    const log = logText(lines, figures, clock.now());
    // Field by field, as this is done for each call.
    return { requestId, spec, alias, code, payload, startedAt, duration, billed, memoryUsedMb, log, cold };
  }

  return {
    run,
    instances: () =>
      [...fleets.values()].map(({ spec, instances }) => {
        const alive = [...instances].filter(({ state }) => state !== "DEAD");
        const reserved = alive.filter((instance) => instance.reserved).length;
        const busy = alive.filter(({ load }) => load > 0).length;
        return { spec, reserved, onDemand: alive.length - reserved, busy };
      }),
    reserve(spec, count) {
      if (count === 0 && !fleets.has(spec.key)) return;
      fleetOf(spec).reserve(count);
    },
    prepare(runtime) {
      adapters.find((one) => one.serves(runtime))?.prepare?.(runtime);
    },
    release(projectId) {
      for (const [key, fleet] of fleets) {
        if (projectId !== undefined && fleet.spec.projectId !== projectId) continue;
        fleets.delete(key);
        fleet.kill();
      }
    },
    sandbox: async () => sandbox.description,
    async health() {
      const runtimes = await Promise.all(
        adapters.map(async (adapter) => [adapter.name, await adapter.check("")] as const),
      );
      const states: Record<string, number> = {};
      for (const { state } of all()) states[state] = (states[state] ?? 0) + 1;
      return {
        sandbox: { level: sandbox.level, description: sandbox.description },
        runtimes: Object.fromEntries(runtimes),
        instances: states,
      };
    },
    async close(grace) {
      closed = true;
      cancelSweep?.();
      for (const instance of all()) instance.drain();
      const deadline = setTimeout(() => {
        for (const fleet of fleets.values()) fleet.kill();
      }, grace);
      while (all().length > 0) await Promise.race([...ends, new Promise((go) => setTimeout(go, 20))]);
      clearTimeout(deadline);
      await Promise.all(adapters.map((adapter) => adapter.close()));
      await Promise.all(ends);
      await sandbox.close();
    },
  };
}
