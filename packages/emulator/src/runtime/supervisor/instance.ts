import { readFileSync } from "node:fs";
import type { InstanceState, RuntimeCall, RuntimeResult, Worker } from "../contract.ts";
import {
  type Adapter,
  type FunctionSpec,
  type ProcessEnd,
  RuntimeFailure,
  UndeliveredCall,
} from "../contract.ts";
import { InstanceLog } from "./call-log.ts";
import { failureObject } from "./failure-object.ts";

/** How a call of an instance ended. */
export interface EndedCall {
  readonly result: RuntimeResult;
  /** What the function printed. */
  readonly lines: string;
  /** Milliseconds. */
  readonly duration: number;
  /** Whether the function never got it. */
  readonly undelivered: boolean;
}

/** Milliseconds that a process may take to load code when no initializer sets a limit. */
const loadLimit = 60_000;
/** An instance that stood idle for longer, in milliseconds, is looked at before it gets a call: the news of its death may be on its way. */
const trusted = 5;

interface Settled {
  readonly result: RuntimeResult;
  /** It was not the runner that gave the result: the process has ended or is about to. */
  readonly late: boolean;
  readonly undelivered: boolean;
}

/** A call under way: `end` settles it from outside. */
interface ActiveCall {
  readonly end: (code: number, message: string) => void;
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
  /** Real milliseconds when it last ended a call. */
  lastUsed = 0;
  #worker: Worker | undefined;
  #log: InstanceLog | undefined;
  readonly #calls = new Set<ActiveCall>();
  readonly #onChange: (instance: Instance) => void;

  /** @param onChange told when it becomes free or dies */
  constructor(spec: FunctionSpec, onChange: (instance: Instance) => void) {
    this.spec = spec;
    this.#onChange = onChange;
  }

  get worker(): Worker | undefined {
    return this.#worker;
  }

  /** Starts the process, loads the code and runs the initializer. @throws RuntimeFailure; the instance is dead then. */
  async start(adapter: Adapter): Promise<void> {
    this.state = "STARTING";
    try {
      const worker = await adapter.start(this.spec);
      this.#worker = worker;
      this.#log = new InstanceLog(worker.output);
      void worker.exited.then((end) => this.#died(end));
      if (this.#isDead()) {
        worker.kill();
        throw new RuntimeFailure(4204, "runtime process is exited");
      }
      this.state = "INIT";
      worker.watch(true);
      await this.#initialize(worker);
      worker.watch(false);
    } catch (error) {
      this.kill();
      const failure =
        error instanceof RuntimeFailure
          ? error
          : new RuntimeFailure(4201, `function initialization failed: ${messageOf(error)}`);
      await this.#log?.settle(undefined);
      failure.log = this.#log?.takeEarly();
      throw failure;
    }
    this.state = "IDLE";
    this.lastUsed = performance.now();
  }

  /** Whether it can take one more call. */
  isFree(): boolean {
    if (this.state !== "IDLE" && this.state !== "BUSY") return false;
    if (this.load >= this.spec.concurrency) return false;
    if (this.state === "IDLE" && performance.now() - this.lastUsed > trusted && !isAlive(this.#worker?.pid)) {
      this.kill();
      return false;
    }
    return true;
  }

  /** Runs a call; `load` counts it already. Never rejects: whatever goes wrong is the call's result. */
  async run(call: RuntimeCall, signal?: AbortSignal): Promise<EndedCall> {
    const worker = this.#worker;
    const log = this.#log;
    if (!worker || !log) throw new Error("An instance that has not started gets no calls.");
    // It may have been told to drain since it was chosen; this call is then its last.
    if (this.state === "IDLE") this.state = "BUSY";
    this.served += 1;
    const started = performance.now();
    const lines = log.begin();
    if (this.#calls.size === 0) worker.watch(true);
    const { result, late, undelivered } = await this.#outcome(worker, call, signal);
    const duration = performance.now() - started;
    if (late) await worker.exited;
    await log.settle(late ? undefined : result.written);
    log.end(lines);
    if (this.#calls.size === 0) worker.watch(false);
    if (!result.reusable) this.kill();
    this.load -= 1;
    this.lastUsed = performance.now();
    if (this.load === 0) this.#rest();
    this.#onChange(this);
    return { result, lines: lines.toString(), duration, undelivered };
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
    this.#worker?.kill();
    for (const call of this.#calls) call.end(code, message);
    this.#onChange(this);
  }

  #outcome(worker: Worker, call: RuntimeCall, signal: AbortSignal | undefined): Promise<Settled> {
    return new Promise((resolve) => {
      const { timeout } = this.spec;
      const settle = (result: RuntimeResult, late: boolean, undelivered = false): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", abort);
        this.#calls.delete(active);
        resolve({ result, late, undelivered });
      };
      const active: ActiveCall = {
        end: (code, message) => settle({ code, payload: failureObject(message), reusable: false }, true),
      };
      this.#calls.add(active);
      const abort = (): void => this.kill(4208, "function invocation canceled");
      // Node's timers are no longer than this; functions may be (3 days), so it is a limit of no consequence.
      const timer = setTimeout(
        () => {
          active.end(4010, `call invoke timeout ${timeout}s`);
          this.kill();
        },
        Math.min(timeout * 1000, 2 ** 31 - 1),
      );
      if (signal?.aborted) return abort();
      signal?.addEventListener("abort", abort, { once: true });
      worker.call(call).then(
        (result) => settle(result, false),
        (error: unknown) => {
          const { code, message } =
            error instanceof RuntimeFailure ? error : new RuntimeFailure(4204, messageOf(error));
          settle(
            { code, payload: failureObject(message), reusable: false },
            true,
            error instanceof UndeliveredCall,
          );
          this.kill();
        },
      );
    });
  }

  async #initialize(worker: Worker): Promise<void> {
    const limit = this.spec.initializer?.timeout;
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () =>
          reject(
            limit === undefined
              ? new RuntimeFailure(4012, `load function timed out after ${loadLimit / 1000}s`)
              : new RuntimeFailure(4211, `runtime initialization timed out after ${limit}s`),
          ),
        limit === undefined ? loadLimit : limit * 1000,
      );
    });
    try {
      await Promise.race([worker.initialize(), over]);
    } finally {
      clearTimeout(timer);
    }
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

  #died({ outOfMemory, unhealthy }: ProcessEnd): void {
    if (outOfMemory) this.kill(4205, "runtime memory limit exceeded");
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

/** Whether a process runs; one that has ended and whose end nobody has read yet does not. Where this machine cannot tell, it does. */
function isAlive(pid: number | undefined): boolean {
  if (process.platform !== "linux" || pid === undefined) return true;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return !"ZX".includes(stat.charAt(stat.lastIndexOf(")") + 2));
  } catch {
    return false;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
