import { performance } from "node:perf_hooks";
import { clearTimeout, setImmediate, setTimeout } from "node:timers";
import type { InstanceState, RuntimeCall, RuntimeResult, Worker } from "../contract.ts";
import {
  type Adapter,
  diskFullMessage,
  type FunctionSpec,
  type ProcessEnd,
  RuntimeFailure,
} from "../contract.ts";
import { ActiveCalls } from "./active-calls.ts";
import { type Asked, askWorker, type Settled } from "./ask-worker.ts";
import type { CallLines } from "./call-lines.ts";
import { FailedStart } from "./failed-start.ts";
import { initializeInTime } from "./initialize-in-time.ts";
import { InstanceLog } from "./instance-log.ts";
import { isAlive } from "./is-alive.ts";
import { SendAhead } from "./send-ahead.ts";

/** How a call of an instance ended. */
export interface EndedCall {
  readonly result: RuntimeResult;
  /** What the function printed. */
  readonly lines: string;
  /** What of it was not shown while the call ran; undefined when nothing was. */
  readonly rest: string | undefined;
  /** Milliseconds. */
  readonly duration: number;
  /** Whether the function never got it: its process was dead, or gave it back as others kept it busy. */
  readonly undelivered: Settled["undelivered"];
}

/** An instance that stood idle for longer, in milliseconds, is looked at before it gets a call: the news of its death may be on its way. */
const trusted = 5;

/** What a call has from its beginning on. */
interface Beginning {
  readonly lines: CallLines;
  /** Real milliseconds. */
  readonly at: number;
}

/** One process that runs a function, with its state and the calls that it has. */
export class Instance {
  readonly spec: FunctionSpec;
  /** Kept warm for a reservation, whether it is called or not. */
  reserved = false;
  state: InstanceState = "COLD";
  /** Calls that it has begun. */
  served = 0;
  /** Calls that it has or is promised. */
  load = 0;
  /** Milliseconds that its initializer took, if it has one, with failed attempts before; loading the code is part of them. */
  initializing = 0;
  /** Real milliseconds when it last ended a call. */
  lastUsed = 0;
  #worker: Worker | undefined;
  #log: InstanceLog | undefined;
  readonly #calls: ActiveCalls;
  /** Calls that were sent and have not ended. */
  #sent = 0;
  readonly #ahead: SendAhead;
  readonly #asked: Asked;
  readonly #onChange: (instance: Instance) => void;
  readonly #onOutput: (text: string) => void;

  /**
   * @param onChange told when it becomes free or dies
   * @param onOutput given what it prints outside of calls, and in calls that take their time
   */
  constructor(spec: FunctionSpec, onChange: (instance: Instance) => void, onOutput: (text: string) => void) {
    this.spec = spec;
    this.#onChange = onChange;
    this.#calls = new ActiveCalls(spec.timeout, () => this.kill());
    this.#onOutput = onOutput;
    this.#ahead = new SendAhead(
      () => this.#sent - spec.concurrency,
      () => this.#worker?.takeBack?.(),
    );
    this.#asked = {
      calls: this.#calls,
      seconds: spec.timeout,
      isDead: () => this.#isDead(),
      kill: (code, message) => this.kill(code, message),
      killSoon: () => this.#killSoon(),
    };
  }

  get worker(): Worker | undefined {
    return this.#worker;
  }

  /**
   * Starts the process, loads the code and runs the initializer.
   * @param before the attempt before this one, whose log and time go on here
   * @throws FailedStart; the instance is dead then
   */
  async start(adapter: Adapter, before?: FailedStart): Promise<void> {
    this.state = "STARTING";
    if (before) this.initializing = before.initializing;
    try {
      const worker = await adapter.start(this.spec);
      this.#worker = worker;
      this.#log = new InstanceLog(worker.output, this.#onOutput, before?.log);
      void worker.exited.then((end) => this.#died(end));
      if (this.#isDead()) {
        worker.kill();
        throw new RuntimeFailure(4204, "runtime process is exited");
      }
      this.state = "INIT";
      worker.watch(true);
      const began = performance.now();
      try {
        await initializeInTime(worker, this.spec);
      } finally {
        if (this.spec.initializer) this.initializing += performance.now() - began;
      }
      worker.watch(false);
    } catch (error) {
      this.kill();
      const failure =
        error instanceof RuntimeFailure
          ? error
          : new RuntimeFailure(4201, `function initialization failed: ${messageOf(error)}`);
      await this.#log?.settle(undefined);
      const log = this.#log ? this.#log.takeEarly() : (before?.log ?? "");
      throw new FailedStart(failure, log, this.initializing);
    }
    this.state = "IDLE";
    this.lastUsed = performance.now();
    this.#log?.started();
  }

  /** Whether it can take one more call. */
  isFree(): boolean {
    if (this.state !== "IDLE" && this.state !== "BUSY") return false;
    return this.load < this.spec.concurrency;
  }

  /** Whether it has had no call since then, in real milliseconds, and nobody wants it to be kept. */
  isUnusedSince(moment: number): boolean {
    return this.state === "IDLE" && !this.reserved && this.load === 0 && this.lastUsed <= moment;
  }

  /** Whether it can take one more call that runs after those it has. @param within milliseconds in which they are likely to have ended */
  takesAhead(within: number): boolean {
    // Of calls that overlap nobody can tell whose output it is.
    const isPossible = this.spec.concurrency === 1 && this.#worker?.takesAhead === true;
    return isPossible && this.state === "BUSY" && this.#ahead.takesMore(within);
  }

  /** Looks whether its process is still there, if it has stood idle; one that is not is dead from then on. */
  provesAlive(): boolean {
    const isTrusted = this.state !== "IDLE" || performance.now() - this.lastUsed <= trusted;
    if (isTrusted || isAlive(this.#worker?.pid)) return true;
    this.kill();
    return false;
  }

  /** Runs a call; `load` counts it already. Never rejects: whatever goes wrong is the call's result. @param head the first line of its log */
  async run(call: RuntimeCall, head: string, signal?: AbortSignal): Promise<EndedCall> {
    const worker = this.#worker;
    const log = this.#log;
    if (!worker || !log) throw new Error("An instance that has not started gets no calls.");
    // It may have been told to drain since it was chosen; this call is then its last.
    if (this.state === "IDLE") this.state = "BUSY";
    const own: { beginning?: Beginning } = {};
    const begin = (written?: number): void => {
      this.served += 1;
      own.beginning = { lines: log.begin(head, written), at: performance.now() };
      if (this.#calls.size === 0) worker.watch(true);
    };
    const isAhead = this.#sent >= this.spec.concurrency;
    this.#sent += 1;
    if (isAhead) this.#ahead.sent();
    else begin();
    const settled = await askWorker(this.#asked, worker, call, signal, isAhead ? begin : undefined);
    const { result, late, undelivered } = settled;
    const { beginning } = own;
    const duration = beginning ? (result.took ?? performance.now() - beginning.at) : 0;
    if (late) await worker.exited;
    const written = late ? undefined : result.settled ? await result.settled : result.written;
    if (beginning) {
      if (!log.has(written)) await log.settle(written);
      const isFollowed = this.#sent > this.spec.concurrency;
      log.end(beginning.lines, isFollowed ? written : undefined);
      // What nobody counts cannot be dealt out to calls that follow each other closely.
      this.#ahead.ended(!isFollowed && log.exceeds(written) ? undefined : duration);
    }
    if (this.#calls.size === 0) worker.watch(false);
    if (!result.reusable) this.kill();
    this.#sent -= 1;
    this.load -= 1;
    this.lastUsed = performance.now();
    if (this.load === 0) this.#rest();
    this.#onChange(this);
    const lines = beginning?.lines;
    const rest = lines?.isShown ? lines.rest() : undefined;
    return { result, lines: lines?.toString() ?? "", rest, duration, undelivered };
  }

  /** Takes no more calls, and ends once it has none: its pre-stop method runs first. */
  drain(): void {
    if (this.#isDead() || this.state === "DRAINING") return;
    const idle = this.load === 0 && this.#worker !== undefined && this.state === "IDLE";
    this.state = "DRAINING";
    if (idle) void this.#stop();
  }

  /** Ends at once; calls under way end with this failure. */
  kill(code = 4204, message = "runtime process is exited"): void {
    if (this.#isDead()) return;
    this.state = "DEAD";
    this.#ahead.close();
    this.#worker?.kill();
    this.#calls.endAll(code, message);
    this.#onChange(this);
  }

  /** Others that it has may be found to be undelivered, too. */
  #killSoon(): void {
    if (!this.#isDead()) this.state = "DRAINING";
    setImmediate(() => this.kill());
  }

  async #stop(): Promise<void> {
    const worker = this.#worker;
    if (!worker) return this.kill();
    const { preStop } = this.spec;
    if (!preStop) return this.kill();
    const timer = setTimeout(() => this.kill(), preStop.timeout * 1000);
    await worker.preStop().catch(() => undefined);
    clearTimeout(timer);
    this.kill();
  }

  #died({ outOfMemory, diskFull, unhealthy }: ProcessEnd): void {
    if (outOfMemory) this.kill(4205, "runtime memory limit exceeded");
    else if (diskFull) this.kill(4207, diskFullMessage);
    else if (unhealthy) this.kill(4209, "runtime is unHealthy");
    else this.kill();
  }

  /** The last call has ended. */
  #rest(): void {
    if (this.state === "BUSY") this.state = "IDLE";
    else if (this.state === "DRAINING") void this.#stop();
  }

  #isDead(): boolean {
    return this.state === "DEAD";
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
