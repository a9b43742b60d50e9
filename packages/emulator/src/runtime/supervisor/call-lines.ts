import { KeptBytes } from "./kept-bytes.ts";

const nothing = Buffer.alloc(0);

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
