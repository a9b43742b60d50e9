import type { Writer } from "../../store/store.ts";
import { asyncInvocationKey, recordAsyncStatus } from "./invocation-records.ts";
import type { QueueEntry } from "./queue-entry.ts";
import { deleteQueued, type QueuedRecord, queuedRequests, readEvent } from "./queue-records.ts";

/** A request that is about to run, with its event. */
export interface TakenRequest {
  readonly record: QueuedRecord;
  readonly event: Buffer;
}

/** Records that a request runs and returns all about it; undefined when it is no more in the store, or not whole. */
export function takeRequest(
  tx: Writer,
  { project, key, requestId }: QueueEntry,
  now: Date,
): TakenRequest | undefined {
  const record = tx.get(queuedRequests, project, key);
  if (record?.requestId !== requestId) return undefined;
  const event = readEvent(tx, project, { key, record });
  if (!event) {
    deleteQueued(tx, project, { key, record });
    return undefined;
  }
  recordAsyncStatus(tx, project, asyncInvocationKey(record), { status: "RUNNING" }, now);
  return { record, event };
}
