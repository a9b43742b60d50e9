import { type Collection, collection, type Reader, type Writer } from "../../store/store.ts";
import type { DeleteHook } from "../functions/delete-hooks.ts";
import { functionKey, functions } from "../functions/records.ts";

/** Failed calls of a function within one minute. Stored under the function's ID and the minute, so that a list of functions finds them at once. */
export interface FailureMinute {
  /** Start of the minute, milliseconds since 1970. */
  readonly minute: number;
  readonly failed: number;
}

export const failureMinutes: Collection<FailureMinute> = collection("failure-minute");

const day = 86_400_000;
/** Longer than they count, as a clock can be set back. */
const keptMilliseconds = 2 * day;
/** Each new minute takes a few of those that are too old along. */
const clearedAtOnce = 8;

/** Adds failed calls to those of a minute; of a function that is no more, nobody asks. */
export function recordFailures(
  tx: Writer,
  project: string,
  of: { readonly package: string; readonly name: string; readonly functionId: string },
  minute: number,
  failed: number,
): void {
  const { functionId } = of;
  if (tx.get(functions, project, functionKey(of.package, of.name))?.functionId !== functionId) return;
  const key = `${functionId}:${minuteKey(minute)}`;
  const before = tx.get(failureMinutes, project, key);
  if (!before) clearOld(tx, project, functionId, minute);
  tx.put(failureMinutes, project, key, { minute, failed: failed + (before?.failed ?? 0) });
}

/** How many calls of a function, of whatever version, failed within the last day. */
export function failedCalls(tx: Reader, project: string, functionId: string, now: Date): number {
  const prefix = `${functionId}:`;
  const after = `${prefix}${minuteKey(now.getTime() - day)}`;
  return tx
    .list(failureMinutes, project, { prefix, after })
    .reduce((total, { value }) => total + (value.minute <= now.getTime() ? value.failed : 0), 0);
}

/** Forgets the failures of a function that is being deleted. */
export const deleteFailuresOf: DeleteHook = (tx, project, pkg, name, qualifier) => {
  const record = qualifier === undefined ? tx.get(functions, project, functionKey(pkg, name)) : undefined;
  if (!record) return;
  for (const { id } of tx.list(failureMinutes, project, { prefix: `${record.functionId}:` }))
    tx.delete(failureMinutes, project, id);
};

/** A minute as part of a key. Fifteen digits last longer than a Date does, so that the order of the keys is that of the time. */
export function minuteKey(minute: number): string {
  return String(Math.max(0, minute)).padStart(15, "0");
}

function clearOld(tx: Writer, project: string, functionId: string, now: number): void {
  const oldest = tx.list(failureMinutes, project, { prefix: `${functionId}:`, limit: clearedAtOnce });
  for (const { id, value } of oldest) {
    if (value.minute < now - keptMilliseconds) tx.delete(failureMinutes, project, id);
  }
}
