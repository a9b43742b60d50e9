import { randomBytes, randomUUID } from "node:crypto";
import type { Rng } from "./rng.ts";

/** Bytes that are fetched at once: asking the system costs more than the bytes. */
const stock = 4096;

/** Choices that nobody can foretell, from the operating system. */
export class SystemRng implements Rng {
  #bytes: Buffer = Buffer.alloc(0);

  next(): number {
    return this.#take(6).readUIntBE(0, 6) / 2 ** 48;
  }

  uuid(): string {
    return randomUUID();
  }

  hex(digits: number): string {
    return this.#take(Math.ceil(digits / 2))
      .toString("hex")
      .slice(0, digits);
  }

  /** Each byte is given out once. */
  #take(count: number): Buffer {
    if (this.#bytes.length < count) this.#bytes = randomBytes(Math.max(stock, count));
    const taken = this.#bytes.subarray(0, count);
    this.#bytes = this.#bytes.subarray(count);
    return taken;
  }
}
