import { randomBytes, randomUUID } from "node:crypto";
import type { Rng } from "./rng.ts";

/** Choices that nobody can foretell, from the operating system. */
export class SystemRng implements Rng {
  next(): number {
    return randomBytes(6).readUIntBE(0, 6) / 2 ** 48;
  }

  uuid(): string {
    return randomUUID();
  }

  hex(digits: number): string {
    return randomBytes(Math.ceil(digits / 2))
      .toString("hex")
      .slice(0, digits);
  }
}
