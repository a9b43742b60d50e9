import { GobError } from "./gob-error.ts";
import { readUint } from "./gob-number.ts";

/** Cuts the bytes of a connection into messages, each of which has its length before it. */
export class GobMessages {
  readonly #mostBytes: number;
  #chunks: Uint8Array[] = [];
  #size = 0;
  /** Bytes that have to be there before it is worth looking again. */
  #needed = 1;

  /** @param mostBytes of one message */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** Takes the next bytes and gives the messages that are whole by now. @throws GobError when one is too long */
  *take(chunk: Uint8Array): Generator<Uint8Array> {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (this.#size < this.#needed) return;
    const bytes = Buffer.concat(this.#chunks);
    let at = 0;
    this.#needed = 1;
    for (;;) {
      const length = readUint(bytes, at);
      if (!length) break;
      if (length.value > this.#mostBytes)
        throw new GobError(`a message of ${length.value} bytes exceeds the limit of ${this.#mostBytes}`);
      const end = length.end + length.value;
      if (end > bytes.length) {
        this.#needed = end - at;
        break;
      }
      yield bytes.subarray(length.end, end);
      at = end;
    }
    this.#chunks = [bytes.subarray(at)];
    this.#size = bytes.length - at;
  }
}
