import { performance } from "node:perf_hooks";
import { PassThrough, type Readable } from "node:stream";
import { setImmediate, setTimeout } from "node:timers";

/** What comes within so many milliseconds of each other is one burst. */
const burstGap = 40;
/** A burst of so many bytes may have filled the pipe, so that the process still holds more of it. */
const fullPipe = 32 * 1024;
/** Milliseconds of silence after which a burst is over, and the most that is waited for it. */
const silence = 15;
const patience = 250;

/** A function's output that counts its bytes, and into which the emulator can write lines of its own. */
export class WorkerOutput {
  readonly stream: PassThrough = new PassThrough({ highWaterMark: 1024 * 1024 });
  /** Bytes so far. */
  count = 0;
  /** Whether it ends with the process. */
  #released = false;
  #sourceEnded = false;
  #burst = 0;
  #lastAt = 0;

  /** @param source what the process writes, if there is one already */
  constructor(source?: Readable) {
    source?.on("data", (chunk: Buffer) => {
      this.#add(chunk);
      if (!this.stream.writableNeedDrain) return;
      source.pause();
      this.stream.once("drain", () => source.resume());
    });
    const over = (): void => {
      this.#sourceEnded = true;
      if (this.#released) this.stream.end();
    };
    for (const event of ["error", "end", "close"]) source?.on(event, over);
  }

  /** Writes lines that tell whoever reads the log what to do. */
  say(text: string): void {
    if (text !== "" && this.stream.writable)
      this.#add(Buffer.from(`[emulator] ${text.replaceAll("\n", "\n[emulator] ")}\n`));
  }

  /** Lets it end when the process ends, as nothing remains to be said. */
  release(): void {
    this.#released = true;
    if (this.#sourceEnded) this.stream.end();
  }

  end(): void {
    this.stream.end();
  }

  /**
   * Waits until everything that the process has written so far has come. What was written before is in the pipe by now, so that a turn of the
   * event loop in which nothing comes means that there is no more; unless it writes more than a pipe holds.
   * @returns bytes so far
   */
  async settle(): Promise<number> {
    await turn();
    for (;;) {
      const before = this.count;
      await turn();
      if (this.count === before) break;
    }
    const start = performance.now();
    for (;;) {
      const now = performance.now();
      if (this.#burst < fullPipe || now - this.#lastAt > silence || now - start > patience) return this.count;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  #add(chunk: Buffer): void {
    const now = performance.now();
    if (now - this.#lastAt > burstGap) this.#burst = 0;
    this.#burst += chunk.length;
    this.#lastAt = now;
    this.count += chunk.length;
    this.stream.write(chunk);
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
