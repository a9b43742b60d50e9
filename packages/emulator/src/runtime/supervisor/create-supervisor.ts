import { clearTimeout, setTimeout } from "node:timers";
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
import { FailedStart } from "./failed-start.ts";
import { payloadOf } from "./failure-object.ts";
import { Fleet } from "./fleet.ts";
import { healthOf } from "./health-of.ts";
import { IdleSweep } from "./idle-sweep.ts";
import type { EndedCall, Instance } from "./instance.ts";
import { finishLine, startLine } from "./log-text.ts";
import { Placement } from "./placement.ts";

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
  /** Given what functions print outside of calls, and in calls that take their time, before these end. */
  readonly printed: (spec: FunctionSpec, text: string) => void;
}

/** New instances that may die before they get a call, before the call fails. */
const attempts = 3;
/** How often a call whose time to wait is over looks whether an instance is still being started for it, in milliseconds. */
const pause = 100;

const overloaded = "Your request has been controlled by overload sdk, please retry later";

/** Runs functions: keeps their instances, starts them when they are needed, and ends them when they are not. */
export function createSupervisor(options: SupervisorOptions): FunctionRunner {
  const { adapters, sandbox, clock, maxInstances } = options;
  const fleets = new Map<string, Fleet>();
  /** Those of versions that were deleted, as long as calls of them run. */
  const leaving = new Set<Fleet>();
  const ends = new Set<Promise<unknown>>();
  let closed = false;

  const everyFleet = (): Fleet[] => [...fleets.values(), ...leaving];
  const placement = new Placement(fleets, leaving, maxInstances);
  const all = (): Instance[] => everyFleet().flatMap(({ instances }) => [...instances]);
  const sweep = new IdleSweep(options, (unusedSince) => {
    for (const instance of all()) if (instance.isUnusedSince(unusedSince)) instance.drain();
    // Calls that were refused, or gave up waiting, leave fleets without anything.
    for (const fleet of fleets.values()) if (fleet.isEmpty) fleets.delete(fleet.spec.key);
    return fleets.size > 0;
  });
  const adapterOf = (runtime: string): Adapter => {
    const adapter = adapters.find((one) => one.serves(runtime));
    if (adapter) return adapter;
    throw new ServiceError(
      "FSS.0503",
      `Service unavailable. The emulator knows no way to run the runtime ${runtime}.`,
    );
  };

  function changed(fleet: Fleet): void {
    // Another may be there in its place: news of a killed instance's end comes when the next call has long begun.
    const isPresent = fleets.get(fleet.spec.key) === fleet;
    if (isPresent && fleet.isEmpty) fleets.delete(fleet.spec.key);
    if (!isPresent && !fleet.isEmpty) fleet.drain();
    if (fleet.isEmpty) leaving.delete(fleet);
    for (const other of fleets.values()) if (other !== fleet && other.lacks) other.pump();
    if (fleets.size > 0) sweep.later();
  }

  function remove(fleet: Fleet): void {
    if (fleets.get(fleet.spec.key) === fleet) fleets.delete(fleet.spec.key);
  }

  function fleetOf(spec: FunctionSpec): Fleet {
    let fleet = fleets.get(spec.key);
    if (!fleet) {
      const adapter = watched(adapterOf(spec.runtime));
      const { printed } = options;
      const mayStart = (one: Fleet): boolean => !closed && placement.mayStart(one);
      fleet = new Fleet(spec, { adapter, placement, mayStart, changed, printed });
      fleets.set(spec.key, fleet);
      // Instances of what this version was before its code or configuration changed.
      for (const other of fleets.values())
        if (other !== fleet && other.spec.urn === spec.urn && other.spec.revision !== spec.revision)
          other.drain();
    }
    if (fleet.limit !== spec.maxInstances)
      // The limit is the function's, whichever of its versions is called.
      for (const other of fleets.values())
        if (other.spec.functionId === spec.functionId) other.limit = spec.maxInstances;
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

  /** Waits for an instance, if need be for one that is started. */
  async function acquire(spec: FunctionSpec, signal: AbortSignal | undefined): Promise<Instance> {
    const availability = await adapterOf(spec.runtime).check(spec.runtime);
    if (!availability.available)
      throw new ServiceError("FSS.0503", `Service unavailable. ${availability.reason}`);
    // The fleet may be gone by now, if it was empty meanwhile, or others may have come.
    const present = fleetOf(spec);
    const mayGoAhead = signal === undefined;
    const instance = present.take(mayGoAhead);
    if (instance) return instance;
    if (present.isFull) throw new ServiceError("FSS.0429", overloaded);
    const waiting = present.wait(mayGoAhead);
    const late = (): void => {
      // A start has limits of its own: those of loading and of the initializer.
      if (present.isStartingFor(waiting)) timer = setTimeout(late, pause);
      else present.leave(waiting, new ServiceError("FSS.0429", overloaded));
    };
    let timer = setTimeout(late, options.queueSeconds * 1000);
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
    const { requestId, alias } = call;
    const start = startLine(requestId, spec, startedAt);
    let cold = true;
    let initializing = 0;
    /** What instances have printed that died before the call. */
    let early = "";
    let ended: EndedCall;
    try {
      for (let attempt = 0; ; early += ended.lines) {
        // One that may be canceled must not wait in a process, which its end would end.
        const warm = fleetOf(spec).take(signal === undefined);
        const instance = warm ?? (await acquire(spec, signal));
        cold = !warm && instance.served === 0;
        if (cold) initializing += instance.initializing;
        const isFresh = instance.served === 0;
        ended = await instance.run(call, start, signal);
        // Nothing has run, and the next instance may: those that have served end with their calls, so that there are only so many of them.
        if (ended.undelivered === "dead" && isFresh) attempt += 1;
        if (!ended.undelivered || attempt === attempts || closed) break;
      }
    } catch (error) {
      if (!(error instanceof RuntimeFailure)) throw error;
      if (error instanceof FailedStart) initializing += error.initializing;
      const result = { code: error.code, payload: payloadOf(error), reusable: false };
      ended = { result, lines: error.log ?? "", rest: undefined, duration: 0, undelivered: false };
    }
    const { result, lines, rest, duration } = ended;
    const { code, payload, memoryMb: memoryUsedMb = 0 } = result;
    const billed = Math.ceil(duration + initializing);
    const finish = finishLine({ requestId, spec, duration, billed, memoryUsedMb, code }, clock.now());
    const log = `${start}\n${early}${lines}\n${finish}`;
    const unshown = rest === undefined ? undefined : `${rest}\n${finish}`;
    // Field by field, as this is done for each call.
    return {
      requestId,
      spec,
      alias,
      code,
      payload,
      startedAt,
      duration,
      billed,
      memoryUsedMb,
      log,
      unshown,
      cold,
    };
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
      for (const fleet of everyFleet()) {
        if (projectId !== undefined && fleet.spec.projectId !== projectId) continue;
        remove(fleet);
        fleet.kill();
      }
    },
    prune(isGone) {
      for (const fleet of [...fleets.values()]) {
        if (!isGone(fleet.spec)) continue;
        remove(fleet);
        if (!fleet.isEmpty) leaving.add(fleet);
        fleet.drain();
      }
    },
    sandbox: async () => sandbox.description,
    health: () => healthOf(adapters, sandbox, all),
    async close(grace) {
      closed = true;
      sweep.close();
      for (const instance of all()) instance.drain();
      const deadline = setTimeout(() => {
        for (const fleet of everyFleet()) fleet.kill();
      }, grace);
      while (all().length > 0) await Promise.race([...ends, new Promise((go) => setTimeout(go, 20))]);
      clearTimeout(deadline);
      await Promise.all(adapters.map((adapter) => adapter.close()));
      await Promise.all(ends);
      await sandbox.close();
    },
  };
}
