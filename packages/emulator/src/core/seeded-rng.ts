import { createHash } from "node:crypto";
import { formatUuid } from "./format-uuid.ts";
import type { Rng } from "./rng.ts";

/** The same sequence for the same seed, on every machine (xoshiro128**): for tests and replays, not for secrets. */
export class SeededRng implements Rng {
  readonly #state: Uint32Array;

  constructor(seed: string | number) {
    const digest = createHash("sha256").update(String(seed)).digest();
    // Never all zeros, which the generator could not leave.
    this.#state = Uint32Array.of(
      digest.readUInt32LE(0),
      digest.readUInt32LE(4),
      digest.readUInt32LE(8),
      digest.readUInt32LE(12) | 1,
    );
  }

  next(): number {
    // 53 bits, all that a number from 0 to 1 has.
    const high = this.#bits() >>> 5;
    const low = this.#bits() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  uuid(): string {
    return formatUuid(this.hex(32));
  }

  hex(digits: number): string {
    let text = "";
    while (text.length < digits) text += this.#bits().toString(16).padStart(8, "0");
    return text.slice(0, digits);
  }

  #bits(): number {
    // Four words, by construction.
    const [a, b, c, d] = this.#state as unknown as [number, number, number, number];
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const third = c ^ a;
    const fourth = d ^ b;
    this.#state.set([a ^ fourth, b ^ third, third ^ (b << 9), rotate(fourth, 11)]);
    return result;
  }
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
