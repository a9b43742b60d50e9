import type { ChildProcess } from "node:child_process";
import { performance } from "node:perf_hooks";
import type { Duplex, Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import type { ProcessEnd, Workplace } from "../runtime/contract.ts";
import { childrenOf } from "./children-of.ts";
import type { Launched } from "./contract.ts";
import { descendantsOf } from "./descendants-of.ts";
import { countedDisk, type DiskUse, setDiskUse, sizedDisk } from "./disk-use.ts";
import type { Keeper } from "./keeper.ts";
import { killMarked, killQuietly } from "./marker.ts";
import { type Members, markedMembers, namespaceMembers } from "./members.ts";
import { memoryOf } from "./memory-of.ts";
import type { OutputTail } from "./output-tail.ts";
import { innerEnd, looksOutOfMemory } from "./process-end.ts";
import type { Watchdog } from "./watchdog.ts";

const mebibyte = 1024 * 1024;
/**
 * MB of data that a process may have over its memory limit. The watchdog holds the limit itself, by what is really used: interpreters reserve
 * far more (Java 140 MB beside its heap, Node.js 40 MB), and so do programs. This stops what grows faster than anybody looks.
 */
const usualSlackMb = 1024;
/** A measurement serves for so many milliseconds, so that asking after every call costs nothing. */
const freshFor = 20;
/** Milliseconds that bubblewrap has to notice the end of its namespace. */
const noticeMs = 20;
/** Milliseconds until the kernel holds a limit that is set later: a program has to be started for it, and the first calls go before that. */
const firstCallsMs = 100;
/** Milliseconds that the end of an unhappy process waits for its last words. */
const lastWordsMs = 50;

/**
 * Most bytes of data for a process with a memory limit in MB.
 * @param reservedMb what its program is known to reserve besides
 */
export function dataBytes(memoryMb: number, reservedMb = 0): number {
  return (memoryMb + usualSlackMb + reservedMb) * mebibyte;
}

/** What a launched process is made of. */
export interface LaunchedParts {
  readonly child: ChildProcess;
  readonly mark: string;
  readonly place: Workplace;
  /** Its /tmp: MB that it may have, and whether a file system of its own holds it to that. */
  readonly disk: { readonly megabytes: number; readonly sized: boolean };
  readonly output: OutputTail;
  readonly channel?: Duplex;
  /** Where the level is `namespaces`: number of the namespace's first process, once it is known; undefined when there will be none. */
  readonly firstPid?: Promise<number | undefined>;
  readonly memoryMb?: number;
  readonly reservedMb?: number;
  readonly keeper: Keeper;
  readonly watchdog: Watchdog;
  /** Whether limits of running processes can be changed. */
  readonly limits: boolean;
}

/** A process that runs in a sandbox, with all that it starts. */
export class LaunchedProcess implements Launched {
  readonly pid: number;
  readonly output: Readable;
  readonly channel?: Duplex;
  readonly exited: Promise<ProcessEnd>;
  readonly #parts: LaunchedParts;
  readonly #outputEnd: Promise<void>;
  #members: Members | undefined;
  #firstPid: number | undefined;
  #limitMb: number | undefined;
  #lastMb = 0;
  #peakMb = 0;
  #measuredAt = Number.NEGATIVE_INFINITY;
  #overLimit = false;
  readonly #disk: DiskUse;
  #diskFull = false;
  #diskLookedAt = 0;
  #killed = false;
  #over = false;

  constructor(parts: LaunchedParts) {
    const { child, mark, output, channel, firstPid, memoryMb, keeper } = parts;
    this.#parts = parts;
    this.pid = child.pid ?? 0;
    this.output = output;
    if (channel) this.channel = channel;
    this.#limitMb = memoryMb;
    this.#outputEnd = new Promise((resolve) => {
      // All has been seen, whether or not somebody has read it.
      output.once("finish", resolve);
      output.once("close", resolve);
    });
    const { sized, megabytes } = parts.disk;
    this.#disk = sized
      ? sizedDisk(() => this.#seenTemporary(), megabytes)
      : countedDisk(parts.place.temporaryFolder, megabytes, () => this.#checkDisk());
    setDiskUse(parts.place, this.#disk);
    if (this.pid > 0) keeper.start(this.pid);
    if (firstPid)
      void firstPid.then((pid) => {
        this.#firstPid = pid;
        if (pid !== undefined) this.#members = namespaceMembers(pid);
      });
    else this.#members = markedMembers(mark);
    this.exited = new Promise<ProcessEnd>((resolve) => {
      child.once("exit", (code, signal) => resolve(this.#end(code, signal)));
      // Node.js could not start it.
      child.once("error", () => resolve(this.#end(127, null)));
    });
  }

  async limitMemory(megabytes: number): Promise<void> {
    this.#limitMb = megabytes;
    await setTimeout(firstCallsMs, undefined, { ref: false });
    const { keeper, limits, firstPid, reservedMb } = this.#parts;
    if (!limits || this.#over) return;
    const bytes = dataBytes(megabytes, reservedMb);
    if (!firstPid) return keeper.limitData(this.pid, bytes);
    const first = await firstPid;
    if (first === undefined) return;
    // What it starts from now on inherits the limit; what it has started may already be there.
    await keeper.limitData(first, bytes);
    await Promise.all(childrenOf(first).map((pid) => keeper.limitData(pid, bytes)));
  }

  memoryMb(anew = false): number {
    if (!this.#over && (anew || performance.now() - this.#measuredAt > freshFor)) this.#measure(anew);
    return this.#lastMb;
  }

  peakMb(): number {
    return Math.max(this.#peakMb, this.memoryMb());
  }

  watch(on: boolean): void {
    const { watchdog } = this.#parts;
    if (on && !this.#over) watchdog.add(this);
    else watchdog.delete(this);
    // What it leaves behind is the next call's.
    if (!on && performance.now() - this.#diskLookedAt > freshFor) this.#checkDisk();
  }

  /** Measures, and kills the process when it uses more than it may. */
  check(): void {
    this.#checkDisk();
    if (this.#over || this.#killed || this.#limitMb === undefined) return;
    this.#measure();
    if (this.#lastMb <= this.#limitMb) return;
    // Processes are measured one after the other, and may fork or start a program in between.
    this.#measure();
    if (this.#lastMb <= this.#limitMb) return;
    this.#overLimit = true;
    this.kill();
  }

  kill(): void {
    this.#killed = true;
    if (this.#over) return;
    if (this.#firstPid === undefined) {
      // Elsewhere nothing but their descent tells what has left the group, and that only while all of them live.
      const others = process.platform === "linux" || this.pid === 0 ? [] : descendantsOf([this.pid]);
      this.#sweep();
      for (const pid of others) killQuietly(pid);
      return;
    }
    // All others of the namespace go with its first process, and bubblewrap ends when they are gone. Were it to end before them, they
    // would be left to this machine's first process, which in a container may be one that never asks after them.
    killQuietly(this.#firstPid);
    void setTimeout(noticeMs, undefined, { ref: false }).then(() => {
      if (!this.#over) this.#sweep();
    });
  }

  /** Its /tmp through the eyes of the namespace's first process. */
  #seenTemporary(): string | undefined {
    return this.#firstPid === undefined ? undefined : `/proc/${this.#firstPid}/root/tmp`;
  }

  #checkDisk(): void {
    if (this.#over || this.#killed) return;
    this.#diskLookedAt = performance.now();
    if (!this.#disk.isFull()) return;
    this.#diskFull = true;
    this.kill();
  }

  #measure(anew = false): void {
    this.#lastMb = memoryOf(this.#members?.folders(anew) ?? [], this.#limitMb);
    this.#peakMb = Math.max(this.#peakMb, this.#lastMb);
    this.#measuredAt = performance.now();
  }

  #sweep(): void {
    if (this.pid === 0) return;
    // The first process of a namespace is of this group too.
    killQuietly(-this.pid);
    if (!this.#parts.firstPid) killMarked(this.#parts.mark);
  }

  async #end(code: number | null, signal: NodeJS.Signals | null): Promise<ProcessEnd> {
    const { watchdog, keeper, output, firstPid } = this.#parts;
    this.#over = true;
    watchdog.delete(this);
    this.#sweep();
    keeper.end(this.pid);
    const end = firstPid ? innerEnd(code, signal) : { code, signal };
    if (this.#overLimit) return { ...end, outOfMemory: true };
    if (this.#diskFull) return { ...end, outOfMemory: false, diskFull: true };
    if (this.#killed || end.code === 0) return { ...end, outOfMemory: false };
    await Promise.race([this.#outputEnd, setTimeout(lastWordsMs, undefined, { ref: false })]);
    const nearLimit = this.#limitMb !== undefined && this.#peakMb > 0.9 * this.#limitMb;
    return { ...end, outOfMemory: output.saysOutOfMemory() || (nearLimit && looksOutOfMemory(end)) };
  }
}
