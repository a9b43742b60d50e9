/** Where identifiers and random choices come from; a seeded one gives the same sequence each time. */
export interface Rng {
  /** A number from 0 (included) to 1 (excluded). */
  next(): number;
  /** A version 4 UUID with hyphens. */
  uuid(): string;
  /** So many lower-case hexadecimal digits. */
  hex(digits: number): string;
}
