import { createHash } from "node:crypto";
import { SnapshotError } from "./snapshot-error.ts";

/** Longer than any document, in bytes: what sends no end of line is no snapshot. */
const longestLine = 256 * 1024 * 1024;

/** Takes a stream of bytes apart into lines and runs of bytes, and digests what it has handed out. */
export class SnapshotReader {
  readonly #source: AsyncIterator<Uint8Array>;
  readonly #hash = createHash("sha512");
  /** Read and not yet handed out. */
  #rest: Uint8Array = new Uint8Array(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The SHA-512 of all that was handed out so far, ends of lines included. */
  digest(): string {
    return this.#hash.copy().digest("hex");
  }

  /** @throws SnapshotError if the stream ends before the line does, or the line is too long */
  async line(longest: number = longestLine): Promise<string> {
    const pieces: Uint8Array[] = [];
    let length = 0;
    for (;;) {
      const end = this.#rest.indexOf(0x0a);
      const piece = this.#take(end === -1 ? this.#rest.length : end + 1);
      pieces.push(piece);
      length += piece.length;
      if (length > longest) throw new SnapshotError("This is no snapshot of the emulator.");
      if (end !== -1) return Buffer.concat(pieces, length).toString("utf8", 0, length - 1);
      await this.#readOn();
    }
  }

  /** @throws SnapshotError if the stream ends before so many bytes have come */
  async bytes(count: number): Promise<Uint8Array> {
    if (!Number.isSafeInteger(count) || count < 0)
      throw new SnapshotError("The snapshot is damaged: a package has no size.");
    const pieces: Uint8Array[] = [];
    let missing = count;
    for (;;) {
      const piece = this.#take(Math.min(missing, this.#rest.length));
      pieces.push(piece);
      missing -= piece.length;
      if (missing === 0) return Buffer.concat(pieces, count);
      await this.#readOn();
    }
  }

  async isAtEnd(): Promise<boolean> {
    for (;;) {
      if (this.#rest.length > 0) return false;
      const { done, value } = await this.#source.next();
      if (done) return true;
      this.#rest = value;
    }
  }

  #take(count: number): Uint8Array {
    const piece = this.#rest.subarray(0, count);
    this.#rest = this.#rest.subarray(count);
    this.#hash.update(piece);
    return piece;
  }

  async #readOn(): Promise<void> {
    const { done, value } = await this.#source.next();
    if (done) throw new SnapshotError("The snapshot is cut off. Nothing has been changed.");
    this.#rest = value;
  }
}
