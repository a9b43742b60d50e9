import { type Adapter, type FunctionSpec, type InstanceState, RuntimeFailure } from "../contract.ts";
import { FailedStart } from "./failed-start.ts";
import { Instance } from "./instance.ts";
import type { Placement } from "./placement.ts";
import { soon, sooner } from "./send-ahead.ts";
import { Waiting } from "./waiting.ts";

/** Starts of an instance whose initializer fails, before the call fails (facts/runtime.md, 4.3). */
const attempts = 3;

/** What a fleet asks of the whole. */
export interface FleetOwner {
  readonly adapter: Adapter;
  readonly placement: Pick<Placement, "isAtLimit" | "isUsedUp" | "mustYield">;
  /** Whether there is a place for one more instance; makes room for the next time if there is none. */
  mayStart(fleet: Fleet): boolean;
  /** An instance has started, become free, ended or failed to start: others may have a place now. */
  changed(fleet: Fleet): void;
  /** Something was printed outside of calls, or in a call that goes on. */
  printed(spec: FunctionSpec, text: string): void;
}

/** The instances of one function in one state of its code and configuration, and the calls that wait for one. */
export class Fleet {
  readonly spec: FunctionSpec;
  readonly instances: Set<Instance> = new Set();
  /** How many are kept warm. */
  reserved = 0;
  /** Most instances of the function at once; -1 for no limit. It may change while they live. */
  limit: number;
  readonly #owner: FleetOwner;
  #waiting: Waiting[] = [];
  #starting = 0;
  /** Whether the last start failed: instances that nobody waits for are not tried again and again. */
  #broken = false;
  #killed = false;

  constructor(spec: FunctionSpec, owner: FleetOwner) {
    this.spec = spec;
    this.limit = spec.maxInstances;
    this.#owner = owner;
  }

  /** Real milliseconds since when its first call waits; infinite when none does. */
  get waitingSince(): number {
    return this.#waiting[0]?.since ?? Number.POSITIVE_INFINITY;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Whether it lacks instances: for calls that wait, or of those that are kept warm. */
  get lacks(): boolean {
    return this.waiting > 0 || this.#lacksReserved();
  }

  /** The function's own limit is reached, and no instance is free or on its way to be. */
  get isFull(): boolean {
    return (
      this.#starting * this.spec.concurrency <= this.waiting &&
      !this.#free() &&
      this.#owner.placement.isAtLimit(this)
    );
  }

  /** Whether an instance is being started for a call that waits. */
  isStartingFor(waiting: Waiting): boolean {
    return this.#waiting.indexOf(waiting) < this.#starting * this.spec.concurrency;
  }

  /**
   * A free instance, its place taken; undefined when there is none at the moment.
   * @param mayGoAhead whether one that has calls will do, if there can be no more and they are short
   */
  take(mayGoAhead: boolean): Instance | undefined {
    const instance = this.#waiting.length === 0 ? this.#next(mayGoAhead) : undefined;
    if (instance) instance.load += 1;
    return instance;
  }

  /** Waits for an instance, and has one started if there may be one more. @param mayGoAhead as in `take` */
  wait(mayGoAhead: boolean): Waiting {
    const waiting = new Waiting(mayGoAhead);
    this.#waiting.push(waiting);
    this.pump();
    return waiting;
  }

  /** Lets somebody wait no longer. */
  leave(waiting: Waiting, reason: unknown): void {
    this.#waiting = this.#waiting.filter((other) => other !== waiting);
    waiting.reject(reason);
  }

  /** Deals free instances out to those who wait, and starts what is missing. */
  pump(): void {
    for (let first = this.#waiting[0]; first; first = this.#waiting[0]) {
      const instance = this.#next(first.mayGoAhead);
      if (!instance) break;
      instance.load += 1;
      this.#waiting.shift()?.resolve(instance);
    }
    const wanted = (): boolean =>
      this.#starting < Math.ceil(this.#waiting.length / this.spec.concurrency) || this.#lacksReserved();
    while (wanted() && this.#owner.mayStart(this)) void this.#start();
  }

  /** Keeps so many instances warm. */
  reserve(count: number): void {
    this.reserved = count;
    this.#broken = false;
    let left = count;
    for (const instance of this.instances) instance.reserved = left-- > 0;
    this.pump();
  }

  /** Lets every instance end once it is idle. */
  drain(): void {
    this.reserved = 0;
    for (const instance of this.instances) instance.drain();
  }

  /** Ends everything at once. */
  kill(): void {
    this.#killed = true;
    this.reserved = 0;
    for (const instance of this.instances) instance.kill();
    for (const { reject } of this.#waiting.splice(0))
      reject(new RuntimeFailure(4204, "runtime process is exited"));
  }

  /** Whether nothing is left of it. */
  get isEmpty(): boolean {
    return this.instances.size === 0 && this.#waiting.length === 0 && this.reserved === 0;
  }

  #lacksReserved(): boolean {
    if (this.#broken || this.reserved === 0) return false;
    // One that is tried again is on its way, though no instance is there in between.
    let present = this.#starting;
    for (const { state } of this.instances) if (!isStarting(state)) present += 1;
    return present < this.reserved;
  }

  #next(mayGoAhead: boolean): Instance | undefined {
    if (!mayGoAhead) return this.#free();
    return this.#ahead(sooner) ?? this.#free() ?? this.#ahead(soon);
  }

  /**
   * A busy instance that can have one more call, when there can be no more instances: the one with the most, as calls that go together cost less.
   * @param within milliseconds in which the call shall have begun
   */
  #ahead(within: number): Instance | undefined {
    let best: Instance | undefined;
    for (const instance of this.instances)
      if ((!best || instance.load > best.load) && instance.takesAhead(within)) best = instance;
    return best && this.#owner.placement.isUsedUp(this) ? best : undefined;
  }

  #free(): Instance | undefined {
    for (;;) {
      // The one used last is the warmest; the others may grow old and go.
      let best: Instance | undefined;
      for (const instance of this.instances)
        if ((!best || instance.lastUsed > best.lastUsed) && instance.isFree()) best = instance;
      if (!best || best.provesAlive()) return best;
    }
  }

  async #start(): Promise<void> {
    this.#starting += 1;
    const failure = await this.#tryStart();
    this.#starting -= 1;
    this.#broken = failure !== undefined;
    if (failure) this.#failed(failure);
    this.#changed();
  }

  /** The calls that an instance was started for hear of its failure; the next one tries again. */
  #failed(failure: FailedStart): void {
    const others = this.#starting * this.spec.concurrency;
    const mine = Math.min(this.spec.concurrency, Math.max(1, this.#waiting.length - others));
    const [first, ...rest] = this.#waiting.splice(0, mine);
    if (!first) {
      // It was started for a reservation, or its caller has left.
      if (!this.#killed) this.#owner.printed(this.spec, failure.explained);
      return;
    }
    first.reject(failure);
    for (const { reject } of rest) reject(failure.unbilled());
  }

  /** Starts an instance, again if its initializer failed. @returns why there is none */
  async #tryStart(): Promise<FailedStart | undefined> {
    let before: FailedStart | undefined;
    for (let attempt = 1; ; attempt += 1) {
      const instance = new Instance(
        this.spec,
        (changed) => this.#instanceChanged(changed),
        (text) => this.#owner.printed(this.spec, text),
      );
      instance.reserved = [...this.instances].filter(({ reserved }) => reserved).length < this.reserved;
      this.instances.add(instance);
      try {
        await instance.start(this.#owner.adapter, before);
        return undefined;
      } catch (error) {
        this.instances.delete(instance);
        if (!(error instanceof FailedStart))
          return new FailedStart(new RuntimeFailure(4201, String(error)), "", instance.initializing);
        const isRetried = this.spec.initializer && error.isInitializers && !this.#killed;
        if (!isRetried || attempt === attempts) return error;
        before = error;
      }
    }
  }

  #instanceChanged(instance: Instance): void {
    if (instance.state === "DEAD") this.instances.delete(instance);
    // Others have waited for longer, and there is no room for more: this place is theirs.
    else if (instance.isFree() && instance.load === 0 && this.#owner.placement.mustYield(this))
      instance.drain();
    this.#changed();
  }

  /** Its own calls come first: others would take the place of an instance that has just been made for them. */
  #changed(): void {
    this.pump();
    this.#owner.changed(this);
  }
}

function isStarting(state: InstanceState): boolean {
  return state === "COLD" || state === "STARTING" || state === "INIT";
}
