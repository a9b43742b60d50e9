import type { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";

/** The most that is kept of one call's log, in bytes; of more, the end is kept (facts/runtime.md, 4.2). */
const mostKept = 10 * 1024 * 1024;
/** How long more of a log is waited for when its length is known, in milliseconds: the bytes are in the pipe already. */
const patience = 250;
/** How long an instance that does not count what it writes is given to have its last lines read, in milliseconds. */
const grace = 5;

/** The lines of one call. */
export class CallLines {
  #chunks: Buffer[] = [];
  #size = 0;

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    while (this.#size - (this.#chunks[0]?.length ?? 0) > mostKept)
      this.#size -= this.#chunks.shift()?.length ?? 0;
  }

  /** Everything, ending with a line's end if there is anything. */
  toString(): string {
    if (this.#size === 0) return "";
    const text = Buffer.concat(this.#chunks).subarray(-mostKept).toString();
    return text.endsWith("\n") ? text : `${text}\n`;
  }
}

/** Deals what an instance prints out to its calls: to the one that began last, and what comes before the first one to that. */
export class InstanceLog {
  #open: CallLines[] = [];
  #early: CallLines | undefined;
  #received = 0;
  #ended = false;
  #waiting: { readonly bytes: number; readonly go: () => void }[] = [];

  constructor(output: Readable) {
    output.on("data", (chunk: Buffer) => this.#take(chunk));
    output.on("error", () => undefined);
    output.once("close", () => {
      this.#ended = true;
      this.#wake();
    });
  }

  begin(): CallLines {
    const lines = this.#early ?? new CallLines();
    this.#early = undefined;
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

  end(lines: CallLines): void {
    this.#open = this.#open.filter((other) => other !== lines);
  }

  #take(chunk: Buffer): void {
    this.#received += chunk.length;
    let lines = this.#open.at(-1);
    if (!lines) {
      this.#early ??= new CallLines();
      lines = this.#early;
    }
    lines.add(chunk);
    if (this.#waiting.length > 0) this.#wake();
  }

  #wake(): void {
    this.#waiting = this.#waiting.filter(({ bytes, go }) => {
      const done = this.#ended || this.#received >= bytes;
      if (done) go();
      return !done;
    });
  }
}
