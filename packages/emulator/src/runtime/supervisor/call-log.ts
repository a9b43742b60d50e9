import type { Readable } from "node:stream";
import { clearTimeout, setTimeout } from "node:timers";
import { setImmediate } from "node:timers/promises";

/** The most that is kept of one call's log, in bytes; of more, the end is kept (facts/runtime.md, 4.2). */
const mostKept = 10 * 1024 * 1024;
/** How long more of a log is waited for when its length is known, in milliseconds: the bytes are in the pipe already. */
const patience = 250;
/** How long an instance that does not count what it writes is given to have its last lines read, in milliseconds. */
const grace = 5;
/** Milliseconds after which what has come is shown, though its call goes on. */
const pause = 200;
const nothing = Buffer.alloc(0);

/** Bytes of a log, of which the end is kept. */
class KeptBytes {
  #chunks: Buffer[] = [];
  #size = 0;

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    while (this.#size - (this.#chunks[0]?.length ?? 0) > mostKept)
      this.#size -= this.#chunks.shift()?.length ?? 0;
  }

  /** Takes out what ends with a line's end. */
  takeLines(): string {
    const bytes = this.bytes();
    const end = bytes.lastIndexOf(0x0a) + 1;
    this.#chunks = end < bytes.length ? [bytes.subarray(end)] : [];
    this.#size = bytes.length - end;
    return bytes.toString("utf8", 0, end);
  }

  /** Takes out the last bytes. */
  takeEnd(size: number): Buffer {
    const bytes = this.bytes();
    const at = Math.max(0, bytes.length - size);
    this.#chunks = [bytes.subarray(0, at)];
    this.#size = at;
    return bytes.subarray(at);
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks).subarray(-mostKept);
  }

  /** Everything, ending with a line's end if there is anything. */
  toString(): string {
    if (this.#size === 0) return "";
    const text = this.bytes().toString();
    return text.endsWith("\n") ? text : `${text}\n`;
  }
}

/** The lines of one call. */
export class CallLines {
  /** Those of calls that print nothing, as most do, are never made. */
  #all: KeptBytes | undefined;
  #fresh: KeptBytes | undefined;
  readonly #head: string;
  #isShown = false;
  /** Bytes that its instance has written when it ends, once that is known. */
  until: number = Number.POSITIVE_INFINITY;

  /** @param head the first line of the call's log @param early what the instance printed before the call */
  constructor(head: string, early?: Buffer) {
    this.#head = head;
    if (early) this.add(early);
  }

  /** Whether some of it has been shown. */
  get isShown(): boolean {
    return this.#isShown;
  }

  add(chunk: Buffer): void {
    this.#all ??= new KeptBytes();
    this.#fresh ??= new KeptBytes();
    this.#all.add(chunk);
    this.#fresh.add(chunk);
  }

  /** Takes out the last bytes, which belong to the next call. */
  takeEnd(size: number): Buffer {
    this.#fresh?.takeEnd(size);
    return this.#all?.takeEnd(size) ?? nothing;
  }

  /** The lines that are whole and were not shown yet, after the call's first line where they are the first. */
  show(): string {
    const lines = this.#fresh?.takeLines() ?? "";
    if (lines === "" || this.#isShown) return lines;
    this.#isShown = true;
    return `${this.#head}\n${lines}`;
  }

  /** What was not shown, ending with a line's end if there is anything. */
  rest(): string {
    return this.#fresh?.toString() ?? "";
  }

  /** Everything, ending with a line's end if there is anything. */
  toString(): string {
    return this.#all?.toString() ?? "";
  }
}

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

  /** @param show is given lines before their call has ended, and those of no call */
  constructor(output: Readable, show: (text: string) => void) {
    this.#show = show;
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
