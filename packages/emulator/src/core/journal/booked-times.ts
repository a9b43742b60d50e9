import type { Store } from "../../store/store.ts";

const times = new WeakMap<Store, Map<string, Date>>();

/**
 * When runs count in figures, by the IDs of their requests, where that is not when they start: what came due while the clock was moved past
 * runs afterwards and counts as of its time. Whoever runs one sets its time before and takes it out after; the journal of the store reads it.
 */
export function bookedTimes(store: Store): Map<string, Date> {
  const known = times.get(store) ?? new Map<string, Date>();
  times.set(store, known);
  return known;
}
