import { GobError } from "./gob-error.ts";

/** Below it an unsigned number is its own byte; else the negated count of its bytes comes first, as one byte. */
const smallBelow = 128;

/** Bytes of a whole number from 0 to 2⁵³ - 1. */
export function uintBytes(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new GobError(`${value} is no unsigned whole number of 53 bits`);
  if (value < smallBelow) return Uint8Array.of(value);
  const digits: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return Uint8Array.of(256 - digits.length, ...digits);
}

/** Bytes of a whole number between -2⁵² and 2⁵²: its sign is the lowest bit, as in Go. */
export function intBytes(value: number): Uint8Array {
  return uintBytes(value < 0 ? (-value - 1) * 2 + 1 : value * 2);
}

/** The signed number that was written as an unsigned one. */
export function intOfUint(value: number): number {
  return value % 2 === 1 ? -(value - 1) / 2 - 1 : value / 2;
}

/** An unsigned number at a place, and the place behind it; `undefined` when the bytes end before. @throws GobError */
export function readUint(
  bytes: Uint8Array,
  at: number,
): { readonly value: number; readonly end: number } | undefined {
  const first = bytes[at];
  if (first === undefined) return undefined;
  if (first < smallBelow) return { value: first, end: at + 1 };
  const count = 256 - first;
  if (count > 8) throw new GobError(`a number of ${count} bytes`);
  const end = at + 1 + count;
  if (end > bytes.length) return undefined;
  let value = 0;
  for (const digit of bytes.subarray(at + 1, end)) value = value * 256 + digit;
  if (!Number.isSafeInteger(value)) throw new GobError("a number of more than 53 bits");
  return { value, end };
}
