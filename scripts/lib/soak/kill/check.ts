import type { DataFolder } from "../../../../packages/emulator/src/store/open-data-folder.ts";
import { counters, type Item, items, operation, twins } from "./operation.ts";

/** What is known of one writer from outside. */
export interface WriterRecord {
  /** The last operation that it said it begins, and the last that it said is safe. */
  begun: number;
  acknowledged: number;
  /** The last operation found done, and what it and those before left in each slot. */
  done: number;
  readonly slots: Map<string, number>;
}

/** A writer that has done nothing yet. */
export function newRecord(): WriterRecord {
  return { begun: 0, acknowledged: 0, done: 0, slots: new Map() };
}

/** Compares a data folder with what its writers said, brings the records up to date with it and tells what is wrong. */
export async function check(
  data: DataFolder,
  seed: string,
  records: ReadonlyMap<string, WriterRecord>,
): Promise<string[]> {
  const problems: string[] = [...data.notes];
  for (const [writer, record] of records) {
    const { done, found, twin } = data.store.read((tx) => ({
      done: tx.get(counters, "", writer) ?? 0,
      found: tx.list(items, writer),
      twin: tx.list(twins, writer),
    }));
    if (done < record.acknowledged)
      problems.push(
        `writer ${writer}: operation ${record.acknowledged} was acknowledged and only ${done} are there`,
      );
    if (done > record.begun)
      problems.push(`writer ${writer}: ${done} operations are there and only ${record.begun} were begun`);
    if (JSON.stringify(found) !== JSON.stringify(twin))
      problems.push(`writer ${writer}: half a transaction is there`);
    advance(record, seed, writer, done);
    const stored = new Map(found.map(({ id, value }) => [id, value]));
    for (const slot of new Set([...stored.keys(), ...record.slots.keys()])) {
      const problem = await checkSlot(data, { seed, writer }, stored.get(slot), record.slots.get(slot));
      if (problem) problems.push(`writer ${writer}, slot ${slot}: ${problem}`);
    }
  }
  for (const { digest } of data.packages.list()) {
    await data.packages.get(digest).catch((error: Error) => problems.push(error.message));
  }
  return problems;
}

async function checkSlot(
  data: DataFolder,
  { seed, writer }: { seed: string; writer: string },
  item: Item | undefined,
  want: number | undefined,
): Promise<string | undefined> {
  if (item?.operation !== want)
    return `operation ${item?.operation ?? "none"} is there and should be ${want ?? "none"}`;
  if (!item || want === undefined) return undefined;
  const bytes = await data.packages.get(item.digest).catch(() => undefined);
  if (!bytes) return `the package of operation ${want} is missing or damaged`;
  const { bytes: wanted = new Uint8Array(0) } = operation(seed, writer, want);
  return Buffer.compare(bytes, wanted) === 0 ? undefined : `the package of operation ${want} is another one`;
}

/** Plays the operations up to this one on the record. */
function advance(record: WriterRecord, seed: string, writer: string, done: number): void {
  for (let number = record.done + 1; number <= done; number += 1) {
    const { slot, bytes } = operation(seed, writer, number, false);
    if (bytes) record.slots.set(slot, number);
    else record.slots.delete(slot);
  }
  record.done = done;
}
