import type { FunctionSpec, RuntimeCall } from "../../runtime/contract.ts";

/** A request to run a function, from whomever: a caller, a trigger, the queue. */
export interface InvocationInput {
  readonly projectId: string;
  /** In any of the six forms; a version or an alias may be named. */
  readonly urn: string;
  /** The event as JSON. */
  readonly event: Uint8Array;
  readonly requestId: string;
  readonly type: "sync" | "async";
  /** Headers of the HTTP request with names in lower case, for the rules of aliases. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Name of the alias that led to the version in the URN, where the version was chosen before: by the queue, on arrival. */
  readonly alias?: string;
  /** `X-Cff-Instance-Memory`, in MB. */
  readonly instanceMemoryMb?: number | undefined;
  /** Ends the call when it is aborted: the instance is killed and the outcome has the code 4208. */
  readonly signal?: AbortSignal;
}

/** How a call of a function ended. */
export interface InvocationOutcome {
  readonly requestId: string;
  readonly spec: FunctionSpec;
  readonly alias?: string | undefined;
  /** 0 for success, else of the runtime's table (facts/runtime.md, 4.3): from 4001 on the function's, from 10000 on the service's fault. */
  readonly code: number;
  /** The result, or the error object as JSON. */
  readonly payload: Uint8Array;
  readonly startedAt: Date;
  /** Milliseconds that the handler ran. */
  readonly duration: number;
  /** Milliseconds that count, rounded up. */
  readonly billed: number;
  readonly memoryUsedMb: number;
  /** The whole log of the call, with its start and finish lines. */
  readonly log: string;
  /** What of it was not given out while the call ran, where some was. */
  readonly unshown?: string | undefined;
  /** Whether the instance had to be started for it. */
  readonly cold: boolean;
}

/** What is known of one function's instances at a moment. */
export interface InstanceCount {
  readonly spec: FunctionSpec;
  readonly onDemand: number;
  readonly reserved: number;
  readonly busy: number;
}

/** Runs functions in instances: the supervisor. */
export interface FunctionRunner {
  /**
   * Runs a call in a free instance, or in a new one.
   * @param signal ends the call when it is aborted
   * @throws ServiceError FSS.0429 (as many instances as there may be, and none free), FSS.0503 (this machine cannot run it).
   */
  run(spec: FunctionSpec, call: RuntimeCall, signal?: AbortSignal): Promise<InvocationOutcome>;
  /** Instances of all functions. */
  instances(): InstanceCount[];
  /** Keeps so many instances of a function warm, whether they are called or not; 0 lets them go when they are idle. */
  reserve(spec: FunctionSpec, count: number): void;
  /** Makes ready for calls of functions with this runtime. */
  prepare(runtime: string): void;
  /** Ends the instances of one project, or all, at once; calls under way end with them. */
  release(projectId?: string): void;
  /** Lets the instances of versions that are gone end: idle ones at once, others after their calls. */
  prune(isGone: (spec: FunctionSpec) => boolean): void;
  /** How functions are kept apart from this machine, in one sentence. */
  sandbox(): Promise<string>;
  /** What the runtimes need and have, for health. */
  health(): Promise<Readonly<Record<string, unknown>>>;
  /** Lets no call begin, gives those under way so many milliseconds, and ends every instance. */
  close(grace: number): Promise<void>;
}

/** Takes what invocations leave: figures, logs, counters. Nothing in it may fail an invocation. */
export interface InvocationJournal {
  /** A call has ended. */
  ended(outcome: InvocationOutcome): void;
  /** A function has printed something outside of calls, or in a call that goes on. */
  printed(spec: FunctionSpec, text: string): void;
  /** A call was turned away before it ran. */
  rejected(spec: FunctionSpec, at: Date): void;
  /** Writes down what is only in memory; before figures are read, and at the end. */
  flush(): void;
  close(): Promise<void>;
}
