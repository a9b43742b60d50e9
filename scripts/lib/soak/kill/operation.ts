import { SeededRng } from "../../../../packages/emulator/src/core/seeded-rng.ts";
import { collection } from "../../../../packages/emulator/src/store/store.ts";

/** What a writer keeps in each of its slots: twice, in one transaction, so that half of one would show. */
export interface Item {
  /** Number of the operation that wrote it. */
  readonly operation: number;
  readonly digest: string;
}

export const items = collection<Item>("items");
export const twins = collection<Item>("twins");
/** How many operations of a writer are done, written in the transaction of each. */
export const counters = collection<number>("counters");

const slots = 8;

/** What a writer does at one of its steps: replaces or removes what is in a slot. */
export interface Operation {
  readonly slot: string;
  /** The package to write first; none for a removal. */
  readonly bytes: Uint8Array | undefined;
}

/** The operation with this number: the same for the process that writes and the one that checks. */
export function operation(seed: string, writer: string, number: number, withBytes = true): Operation {
  const rng = new SeededRng(`${seed}/${writer}/${number}`);
  const slot = String(Math.floor(rng.next() * slots));
  if (rng.next() < 0.2) return { slot, bytes: undefined };
  // Most packages small, some large enough to be torn.
  const kind = rng.next();
  const size = Math.floor(rng.next() * (kind < 0.8 ? 4096 : kind < 0.98 ? 128 * 1024 : 2 * 1024 * 1024));
  if (!withBytes) return { slot, bytes: new Uint8Array(0) };
  const bytes = new Uint8Array(size);
  const pattern = Buffer.from(`${rng.hex(64)}${writer}/${number};`);
  for (let at = 0; at < size; at += pattern.length)
    bytes.set(pattern.subarray(0, Math.min(pattern.length, size - at)), at);
  return { slot, bytes };
}
