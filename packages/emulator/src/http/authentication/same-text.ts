import { createHash, timingSafeEqual } from "node:crypto";

/** Compares two texts in a time that tells nothing about either. */
export function sameText(a: string, b: string): boolean {
  // Hashes have one length, which timingSafeEqual needs.
  return timingSafeEqual(createHash("sha256").update(a).digest(), createHash("sha256").update(b).digest());
}
