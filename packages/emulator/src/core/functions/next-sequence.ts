import { type Collection, collection, type Writer } from "../../store/store.ts";

const sequences: Collection<number> = collection<number>("function-sequence");

/** The next number in the order of creation of a project's functions; no number is given twice. */
export function nextSequence(tx: Writer, project: string): number {
  const next = (tx.get(sequences, project, "last") ?? 0) + 1;
  tx.put(sequences, project, "last", next);
  return next;
}
