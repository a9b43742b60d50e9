import type { Duplex, Readable } from "node:stream";
import type { ProcessEnd, Workplace } from "../runtime/contract.ts";

/** What is between a function and this machine: `namespaces` (own files, processes and limits) or `process` (limits and a watchdog only). */
export type SandboxLevel = "namespaces" | "process";

/** A program to start in a sandbox. */
export interface LaunchRequest {
  readonly place: Workplace;
  /** Program by its absolute path on this machine. */
  readonly command: string;
  readonly arguments: readonly string[];
  /** The whole environment: nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  /** Folder to start in, as the function sees it. */
  readonly workingFolder: string;
  /** MB for the process and all that it starts; it can be set later with `limitMemory`. */
  readonly memoryMb?: number;
  /** MB of data that the program may reserve without using them, beyond what every program may. */
  readonly reservedMb?: number;
  /** Size of /tmp in MB. */
  readonly temporaryMb?: number;
  /** Whether the process gets a channel: a stream socket on its descriptor 3. */
  readonly channel: boolean;
  /** Whether it ends, with all that it has started, when its channel closes: it is left to do so when the emulator is gone. */
  readonly endsItself?: boolean;
  /** `own` gives it a network of its own, with nothing but a loopback interface; where the level is `process` it is as `host`. */
  readonly network: "host" | "own";
  /** Files and folders of this machine that the program needs to read, at the same path: the interpreter's and the runner's. */
  readonly readable?: readonly string[];
  /** Links that the function finds: path that it sees → path of this machine, such as `/opt/function/runtime/nodejs18.15/rtsp/nodejs/bin/node`. */
  readonly mapped?: Readonly<Record<string, string>>;
}

/** A process in a sandbox. */
export interface Launched {
  /** Of the outermost process, on this machine. */
  readonly pid: number;
  /** Standard output and error in one. */
  readonly output: Readable;
  /** Present when one was asked for. */
  readonly channel?: Duplex;
  /** Sets the limit of the process and all that it starts to so many MB; resolves when it holds. */
  limitMemory(megabytes: number): Promise<void>;
  /**
   * MB that it and all that it started use now, 0 when this machine cannot tell.
   * @param anew whether what it started a moment ago must be among it, for which all processes are looked at
   */
  memoryMb(anew?: boolean): number;
  /** The most MB of all that were measured: while it was watched, and when `memoryMb` was called. */
  peakMb(): number;
  /** Turns the watch over the memory limit on while it works, and off. */
  watch(on: boolean): void;
  /** Kills it and all that it started. */
  kill(): void;
  readonly exited: Promise<ProcessEnd>;
}

/** Starts processes, and sees to it that none outlives the emulator, whatever becomes of it. */
export interface Sandbox {
  readonly level: SandboxLevel;
  /** One sentence on the level, and why it is not a higher one. */
  readonly description: string;
  launch(request: LaunchRequest): Promise<Launched>;
  close(): Promise<void>;
}
