import type { Readable } from "node:stream";
import { clearTimeout, setTimeout } from "node:timers";
import { setImmediate } from "node:timers/promises";
import { CallLines } from "./call-lines.ts";
import { KeptBytes } from "./kept-bytes.ts";

/** How long more of a log is waited for when its length is known, in milliseconds: the bytes are in the pipe already. */
const patience = 250;
/** How long an instance that does not count what it writes is given to have its last lines read, in milliseconds. */
const grace = 5;
/** Milliseconds after which what has come is shown, though its call goes on. */
const pause = 200;

/**
 * Deals what an instance prints out to its calls: to the one that began last, and what comes before the first one to that. What belongs to no
 * call, or to one that takes its time, is shown meanwhile.
 */
export class InstanceLog {
  readonly #show: (text: string) => void;
  readonly #open: CallLines[] = [];
  #early: KeptBytes | undefined;
  #received = 0;
  #ended = false;
  #waiting: { readonly bytes: number; readonly go: () => void }[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** Whether it has had a call. */
  #served = false;
  /** Whether its instance has started: the log of one that fails to is its call's. */
  #started = false;

  /**
   * @param show is given lines before their call has ended, and those of no call
   * @param early what failed attempts to start the instance have left
   */
  constructor(output: Readable, show: (text: string) => void, early = "") {
    this.#show = show;
    if (early !== "") {
      this.#early = new KeptBytes();
      this.#early.add(Buffer.from(early));
    }
    output.on("data", (chunk: Buffer) => this.#take(chunk));
    output.on("error", () => undefined);
    output.once("close", () => {
      this.#ended = true;
      this.#wake();
      clearTimeout(this.#timer);
      if (this.#started) this.#showLate();
    });
  }

  started(): void {
    this.#started = true;
    if (this.#ended) this.#showLate();
  }

  /**
   * @param head the first line of the call's log
   * @param from bytes that were written before, where it is known; otherwise everything that comes from now on is the call's
   */
  begin(head: string, from?: number): CallLines {
    if (from !== undefined) this.#cut(from);
    const lines = new CallLines(head, this.#early?.bytes());
    this.#early = undefined;
    this.#served = true;
    this.#open.push(lines);
    return lines;
  }

  /** What has come while there was no call. */
  takeEarly(): string {
    const lines = this.#early?.toString() ?? "";
    this.#early = undefined;
    return lines;
  }

  /** Whether so many bytes have come since the start; it is not known of a number that is not. */
  has(written: number | undefined): boolean {
    return this.#ended || (written !== undefined && this.#received >= written);
  }

  /** Waits until so many bytes have come since the start, as long as more come, or until the pipe is likely empty if that is not known. */
  async settle(written: number | undefined): Promise<void> {
    for (let before = -1; !this.has(written) && before !== this.#received; ) {
      before = this.#received;
      await this.#wait(written);
      // Where this thread was busy, the time is over before what came meanwhile has been read.
      await setImmediate();
      if (written === undefined) return;
    }
  }

  #wait(written: number | undefined): Promise<void> {
    return new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, written === undefined ? grace : patience);
      const go = (): void => {
        clearTimeout(timer);
        resolve();
      };
      this.#waiting.push({ bytes: written ?? Number.POSITIVE_INFINITY, go });
    });
  }

  /** @param written bytes that were written by then, if what comes after them is known to be the next call's */
  end(lines: CallLines, written?: number): void {
    if (written !== undefined && this.#open.at(-1) === lines) this.#cut(written);
    const at = this.#open.indexOf(lines);
    if (at >= 0) this.#open.splice(at, 1);
  }

  /** Whether more has come than the instance knows of: what it started writes, too. */
  exceeds(written: number | undefined): boolean {
    return written !== undefined && this.#received > written;
  }

  /** Gives what was written after so many bytes to the call that comes next. */
  #cut(at: number): void {
    const last = this.#open.at(-1);
    if (!last) return;
    last.until = at;
    if (this.#received <= at) return;
    this.#early ??= new KeptBytes();
    this.#early.add(last.takeEnd(this.#received - at));
  }

  #take(chunk: Buffer): void {
    let rest = chunk;
    if (this.#open.length > 1)
      for (const lines of this.#open) {
        const own = rest.subarray(0, Math.max(0, lines.until - this.#received));
        if (own.length === 0 || lines.until === Number.POSITIVE_INFINITY) continue;
        lines.add(own);
        rest = rest.subarray(own.length);
        this.#received += own.length;
      }
    this.#received += rest.length;
    this.#early ??= this.#open.length === 0 ? new KeptBytes() : undefined;
    if (rest.length > 0) (this.#open.at(-1) ?? this.#early)?.add(rest);
    if (this.#waiting.length > 0) this.#wake();
    this.#timer ??= setTimeout(() => this.#showFresh(), pause).unref();
  }

  #showFresh(): void {
    this.#timer = undefined;
    for (const lines of this.#open) this.#give(lines.show());
    if (this.#served) this.#give(this.#early?.takeLines() ?? "");
  }

  /** Shows what no call will have any more. */
  #showLate(): void {
    this.#give(this.takeEarly());
  }

  #give(text: string): void {
    if (text !== "") this.#show(text);
  }

  #wake(): void {
    this.#waiting = this.#waiting.filter(({ bytes, go }) => {
      const done = this.#ended || this.#received >= bytes;
      if (done) go();
      return !done;
    });
  }
}
