/** Characters that wait for a slow reader before older ones are left out. */
const mostWaiting = 4 * 1024 * 1024;

/** Text that comes bit by bit, to be sent as it comes; ends when its reader goes away or when it is ended. */
export class LineStream implements AsyncIterableIterator<Uint8Array> {
  #waiting: string[] = [];
  #size = 0;
  #leftOut = 0;
  #ended = false;
  #wake: () => void = () => undefined;
  readonly #onEnd: () => void;

  /** @param onEnd called once, when nothing can come any more */
  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  push(text: string): void {
    if (this.#ended || text === "") return;
    this.#waiting.push(text);
    this.#size += text.length;
    while (this.#size > mostWaiting && this.#waiting.length > 1) {
      const length = this.#waiting.shift()?.length ?? 0;
      this.#size -= length;
      this.#leftOut += length;
    }
    this.#wake();
  }

  /** What was pushed before is still given out. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#onEnd();
    this.#wake();
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    while (this.#waiting.length === 0 && !this.#ended)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    if (this.#waiting.length === 0) return { done: true, value: undefined };
    const notice =
      this.#leftOut > 0 ? `(${this.#leftOut} characters were left out: they came too fast)\n` : "";
    const text = notice + this.#waiting.join("");
    this.#waiting = [];
    this.#size = 0;
    this.#leftOut = 0;
    return { done: false, value: Buffer.from(text) };
  }

  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.#waiting = [];
    this.end();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
