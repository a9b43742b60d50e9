import type { Readable } from "node:stream";

/** Life of an instance: COLD (nothing runs) → STARTING (process) → INIT (code, initializer) → IDLE ⇄ BUSY → DRAINING (no new calls) → DEAD. */
export type InstanceState = "COLD" | "STARTING" | "INIT" | "IDLE" | "BUSY" | "DRAINING" | "DEAD";

/** A method that runs once in the life of an instance. */
export interface LifecycleHandler {
  readonly handler: string;
  /** Seconds. */
  readonly timeout: number;
}

/** Everything about one version of a function that its instances need; the same `key` means that an instance can serve it. */
export interface FunctionSpec {
  /** Changes with the code, the configuration and the memory. */
  readonly key: string;
  readonly projectId: string;
  readonly region: string;
  readonly package: string;
  readonly name: string;
  readonly functionId: string;
  readonly version: string;
  /** Counts the changes of code and configuration of the version. */
  readonly revision: number;
  /** With the version, `urn:fss:eu-de:…:function:default:hello:latest`. */
  readonly urn: string;
  /** As the service names it: `Node.js20.15`, `Python3.9`, `Java17`, `Custom`, `http`. */
  readonly runtime: string;
  readonly handler: string;
  readonly initializer?: LifecycleHandler;
  readonly preStop?: LifecycleHandler;
  /** Method that says whether an instance of a Java function is well. */
  readonly heartbeat?: string;
  /** Seconds that a call may take. */
  readonly timeout: number;
  readonly memoryMb: number;
  /** Thousandths of a CPU. */
  readonly cpu: number;
  /** Size of /tmp in MB. */
  readonly temporaryMb: number;
  /** `user_data` and `encrypted_user_data` together. */
  readonly userData: Readonly<Record<string, string>>;
  /** Calls that one instance may have at once. */
  readonly concurrency: number;
  /** Most instances at once; -1 for no limit but the account's. */
  readonly maxInstances: number;
  readonly code: CodePlace;
  /** SHA-512 of each dependency package, in the order of their precedence. */
  readonly dependencies: readonly string[];
  /** Whether the platform gives temporary keys: the function has an agency. */
  readonly hasAgency: boolean;
}

/** Where the code of a version is. */
export interface CodePlace {
  /** SHA-512 of the package; absent for container images. */
  readonly digest?: string;
  /** What the package is called; a source text, which is its own package, becomes this file. */
  readonly filename: string;
}

/** One call as an instance gets it. */
export interface RuntimeCall {
  readonly requestId: string;
  /** The event: JSON as it came in. */
  readonly event: Uint8Array;
  /** `sync` or `async`, for X-CFF-Invoke-Type. */
  readonly type: "sync" | "async";
  /** Name of the alias through which the call came. */
  readonly alias?: string;
}

/** How a call ended. Codes are those of the runtime's table (facts/runtime.md, 4.3): 0 for success. */
export interface RuntimeResult {
  readonly code: number;
  /** The result as the caller gets it, or the error object (`errorMessage`, `errorType`, `stackTrace`) as JSON. */
  readonly payload: Uint8Array;
  /** MB that the instance uses or used at most, as far as it is known. */
  readonly memoryMb?: number | undefined;
  /**
   * Bytes that the function has written to standard output and error since the instance started, if the runner counts them; whoever keeps
   * the log waits until so many have come.
   */
  readonly written?: number | undefined;
  /** The same where nobody counts them before they have come: resolves then. */
  readonly settled?: Promise<number>;
  /** Milliseconds that the call took, if the runner measured it. */
  readonly took?: number | undefined;
  /** Whether the instance can be used again; one that cannot is replaced. */
  readonly reusable: boolean;
}

/** Why an instance could not start, or ended: a code of the runtime's table and the text that callers see. */
export class RuntimeFailure extends Error {
  override readonly name = "RuntimeFailure";
  readonly code: number;
  /** `errorType` of the error object, if the runner said one. */
  readonly errorType: string | undefined;
  /** The error object as callers get it, where the runner made one. */
  payload: Uint8Array | undefined;
  /** What was printed before an instance failed to start. */
  log: string | undefined;

  constructor(code: number, message: string, errorType?: string) {
    super(message);
    this.code = code;
    this.errorType = errorType;
  }
}

/**
 * A place for one instance to run in, made by `Workplaces`. An adapter makes it, empty, before the process, and fills it once it is known
 * whose code runs there; the supervisor removes it when the instance is dead.
 */
export interface Workplace {
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** Folder of this machine that holds all of it. */
  readonly folder: string;
  /** The code with its dependencies, on this machine; the function sees it as `/opt/function/code` where the sandbox can map it. */
  readonly codeFolder: string;
  /** The function's /tmp, on this machine. */
  readonly temporaryFolder: string;
  /** The code folder and the temporary folder as the function sees them. */
  readonly seen: { readonly code: string; readonly temporary: string; readonly root: string };
}

/** A process that serves calls of one function: what an adapter makes. */
export interface Worker {
  readonly place: Workplace;
  /** Of this machine. */
  readonly pid: number;
  /** Standard output and error in one, in the order of writing: the function's log. */
  readonly output: Readable;
  /**
   * Loads the code and runs the initializer.
   * @throws RuntimeFailure 4001, 4009, 4202, 4211 … the instance is dead then.
   */
  initialize(): Promise<void>;
  /**
   * Runs a call. Time limits and death are the supervisor's: a call whose process dies may stay open, for the supervisor ends it.
   * Never rejects but with RuntimeFailure.
   * @param begun for a call that is sent ahead, while others of the process are under way: called when it begins, with the bytes of the log
   * that were written before.
   */
  call(call: RuntimeCall, begun?: (written: number) => void): Promise<RuntimeResult>;
  /** Whether calls may be sent while others are under way, to run after them; known once it is initialized. */
  readonly takesAhead?: boolean;
  /** Gives the calls back that have not begun, as soon as the process can: they reject with ReturnedCall. */
  takeBack?(): void;
  /** Lets the pre-stop method run, if there is one; resolves when it has ended. */
  preStop(): Promise<void>;
  /** Ends the process and all that it started, at once. */
  kill(): void;
  /** Turns the watch over its memory on while it works, and off. */
  watch(on: boolean): void;
  /** When the process is gone. */
  readonly exited: Promise<ProcessEnd>;
}

/** How a process ended. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: string | null;
  /** Whether the memory limit ended it, as far as the sandbox can tell. */
  readonly outOfMemory: boolean;
  /** Whether it was ended since the function had filled its /tmp. */
  readonly diskFull?: boolean;
  /** Whether it ended itself since the function's heartbeat had failed. */
  readonly unhealthy?: boolean;
}

/** What 4207 says (facts/runtime.md, 4.3). */
export const diskFullMessage = "disk usage exceed limit";

/** A call that no process has got, since it had died before: another instance can take it. */
export class UndeliveredCall extends RuntimeFailure {
  constructor() {
    super(4204, "runtime process is exited");
  }
}

/** A call that was sent ahead and has not begun: another instance can take it, or the same one later. */
export class ReturnedCall extends RuntimeFailure {
  constructor() {
    super(4204, "runtime process is exited");
  }
}

/** Whether a runtime can run here; `/_emulator/health` and failed invocations show it. */
export type Availability =
  | { readonly available: true; readonly program: string; readonly version: string }
  /** A sentence that says what is missing and what to install or configure. */
  | { readonly available: false; readonly reason: string };

/** What runs functions of some runtimes. */
export interface Adapter {
  /** `node`, `python` … */
  readonly name: string;
  /** Whether it is this adapter's runtime. */
  serves(runtime: string): boolean;
  /** Runtimes, or versions by their first number, that have programs of their own: `check` tells of each whether it can run. */
  readonly configured?: readonly string[];
  /** Looks once for the programs that the runtime needs; without one, for those of all that have none of their own. */
  check(runtime: string): Promise<Availability>;
  /** Makes processes ready for a runtime whose functions will be called, where the adapter keeps some. */
  prepare?(runtime: string): void;
  /** Starts a process for a function in a place with its code. @throws RuntimeFailure */
  start(spec: FunctionSpec): Promise<Worker>;
  /** Ends what the adapter keeps ready. */
  close(): Promise<void>;
}
