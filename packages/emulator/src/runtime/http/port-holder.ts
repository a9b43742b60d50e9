import { performance } from "node:perf_hooks";
import { clearTimeout, setTimeout } from "node:timers";
import { type FunctionSpec, RuntimeFailure, UndeliveredCall, type Worker } from "../contract.ts";
import { becomesFree } from "./becomes-free.ts";
import { type PortTimes, usualTimes } from "./port-times.ts";

/** More starts do not wait: the supervisor counts them as starting, and would let no other functions start. */
const mostWaiting = 12;

/** Of a function's version: what tells it from others, and its name for people. */
type Named = Pick<FunctionSpec, "key" | "name">;

/** What the instance that has the port does. */
interface Holder extends Named {
  worker?: Worker;
  calls: number;
  /** Calls that have ended, and when the last one did. */
  served: number;
  lastUsed: number;
  readyAt: number;
  /** From when on it may have to go. */
  mayGoAt: number;
  leaving: boolean;
}

/** A start that waits for the port. */
interface Waiter extends Named {
  readonly since: number;
  readonly start: () => Promise<Worker>;
  readonly resolve: (worker: Worker) => void;
  readonly reject: (error: unknown) => void;
  timer?: NodeJS.Timeout;
}

/**
 * Gives a port of this machine's own network to one instance at a time, to those that wait in the order in which they came. An idle instance
 * makes room for one of another function; for a busy one a start waits.
 */
export class PortHolder {
  readonly #port: number;
  readonly #times: PortTimes;
  #holder: Holder | undefined;
  #queue: Waiter[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** Key of the function whose instance had to go without having had a call. */
  #goneUnused: string | undefined;

  /** @param times where they are not the usual ones */
  constructor(port: number, times: Partial<PortTimes> = {}) {
    this.#port = port;
    this.#times = { ...usualTimes, ...times };
  }

  /**
   * Starts an instance as the holder of the port, as soon as it is free.
   * @throws RuntimeFailure 4201 when it does not become free in time
   */
  start({ key, name }: Named, start: () => Promise<Worker>): Promise<Worker> {
    // Reserved instances are started again when they had to go; two functions that have some would drive each other out for ever.
    const again = this.#goneUnused === key;
    if (again) this.#goneUnused = undefined;
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { key, name, start, resolve, reject, since: performance.now() };
      const holder = this.#holder;
      if (holder && (again || this.#queue.length >= mostWaiting)) {
        reject(this.#taken(waiter, `an instance of the function ${holder.name} has it`));
        return;
      }
      this.#queue.push(waiter);
      this.#expire(waiter);
      this.#pump();
    });
  }

  /** Lets nobody wait any longer. */
  close(): void {
    clearTimeout(this.#timer);
    for (const waiter of [...this.#queue])
      this.#refuse(waiter, new RuntimeFailure(4204, "runtime process is exited"));
  }

  /** Gives the port to the next one, or sees to it that its holder goes; called with all news. */
  #pump(): void {
    clearTimeout(this.#timer);
    const holder = this.#holder;
    if (!holder) {
      const next = this.#queue.shift();
      if (next) void this.#give(next);
      return;
    }
    if (this.#queue.length === 0 || holder.leaving || holder.calls > 0) return;
    const rival = this.#queue.find(({ key }) => key !== holder.key);
    const now = performance.now();
    const turnEnds =
      rival && holder.served > 0
        ? Math.max(rival.since, holder.readyAt) + this.#times.turn
        : Number.POSITIVE_INFINITY;
    const left = Math.min(holder.mayGoAt, turnEnds) - now;
    if (left > 0) {
      // One that is being started gives news itself.
      if (left < Number.POSITIVE_INFINITY) this.#timer = setTimeout(() => this.#pump(), left);
      return;
    }
    // Calls of its own function would have come to it by now, so that nobody waits for these any more.
    if (now >= holder.mayGoAt)
      for (const waiter of this.#queue.filter(({ key }) => key === holder.key))
        this.#refuse(waiter, this.#taken(waiter, "another instance of it has it"));
    if (!rival) return;
    this.#queue = [rival, ...this.#queue.filter((other) => other !== rival)];
    if (holder.served === 0) this.#goneUnused = holder.key;
    holder.leaving = true;
    holder.worker?.kill();
  }

  async #give(waiter: Waiter): Promise<void> {
    clearTimeout(waiter.timer);
    const { key, name } = waiter;
    const holder: Holder = {
      key,
      name,
      calls: 0,
      served: 0,
      lastUsed: 0,
      readyAt: 0,
      leaving: false,
      mayGoAt: Number.POSITIVE_INFINITY,
    };
    this.#holder = holder;
    const free = (): void => {
      if (this.#holder === holder) this.#holder = undefined;
      this.#pump();
    };
    try {
      if (!(await becomesFree(this.#port, this.#times.foreign)))
        throw this.#taken(waiter, "another program of this machine has it: end that program");
      const worker = await waiter.start();
      holder.worker = worker;
      void worker.exited.then(free);
      waiter.resolve(this.#watched(worker, holder));
    } catch (error) {
      waiter.reject(error);
      free();
    }
  }

  #watched(worker: Worker, holder: Holder): Worker {
    const restUntil = (milliseconds: number): void => {
      holder.lastUsed = performance.now();
      holder.mayGoAt = holder.lastUsed + milliseconds;
      this.#pump();
    };
    return {
      ...worker,
      initialize: async () => {
        await worker.initialize();
        holder.readyAt = performance.now();
        restUntil(this.#times.firstCall);
      },
      call: async (call) => {
        // Another instance runs it.
        if (holder.leaving) throw new UndeliveredCall();
        holder.calls += 1;
        try {
          return await worker.call(call);
        } finally {
          holder.calls -= 1;
          holder.served += 1;
          restUntil(this.#times.nextCall);
        }
      },
      kill: () => {
        // The next one waits until it is gone.
        holder.leaving = true;
        worker.kill();
      },
    };
  }

  /** Refuses a waiter when its time is over. Where calls of its function end meanwhile it has more, for they get the calls that wait for it. */
  #expire(waiter: Waiter): void {
    const own = this.#holder?.key === waiter.key ? this.#holder.lastUsed : 0;
    const left = Math.max(waiter.since, own) + this.#times.patience - performance.now();
    if (left > 0) {
      waiter.timer = setTimeout(() => this.#expire(waiter), left);
      return;
    }
    const why = `an instance of the function ${this.#holder?.name} has it, and is busy`;
    this.#refuse(waiter, this.#taken(waiter, why));
  }

  #refuse(waiter: Waiter, reason: RuntimeFailure): void {
    clearTimeout(waiter.timer);
    this.#queue = this.#queue.filter((other) => other !== waiter);
    waiter.reject(reason);
  }

  #taken({ name }: Named, why: string): RuntimeFailure {
    return new RuntimeFailure(
      4201,
      `function initialization failed: the function ${name} needs port ${this.#port} of 127.0.0.1, and ${why}. ` +
        "Without namespaces, HTTP functions share this machine's network, so that one instance can run at a time: raise the function's concurrency to let one instance have several calls, or run on Linux with bubblewrap.",
      "PortError",
    );
  }
}
