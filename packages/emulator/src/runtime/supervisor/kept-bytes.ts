/** The most that is kept of one call's log, in bytes; of more, the end is kept (facts/runtime.md, 4.2). */
const mostKept = 10 * 1024 * 1024;

/** Bytes of a log, of which the end is kept. */
export class KeptBytes {
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
