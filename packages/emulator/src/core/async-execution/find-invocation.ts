import type { Reader } from "../../store/store.ts";
import {
  type AsyncInvocationRecord,
  asyncInvocationKey,
  asyncInvocationKeys,
  asyncInvocations,
} from "./invocation-records.ts";
import { type QueuedRecord, queuedRequests } from "./queue-records.ts";

/**
 * Finds the record of a request by the request's ID alone, with the key that it is stored under.
 * @param queued all that wait or run, if they have been read already
 */
export function findAsyncInvocation(
  tx: Reader,
  project: string,
  requestId: string,
  queued?: readonly QueuedRecord[],
): { key: string; record: AsyncInvocationRecord } | undefined {
  const key = tx.get(asyncInvocationKeys, project, requestId)?.key ?? keyOfQueued();
  const record = key === undefined ? undefined : tx.get(asyncInvocations, project, key);
  return key === undefined || !record ? undefined : { key, record };

  function keyOfQueued(): string | undefined {
    const all = queued ?? tx.list(queuedRequests, project).map(({ value }) => value);
    const found = all.find((one) => one.requestId === requestId);
    return found && asyncInvocationKey(found);
  }
}
