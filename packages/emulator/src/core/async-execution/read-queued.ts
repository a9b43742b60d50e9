import type { Reader } from "../../store/store.ts";
import { asyncInvocationKey, asyncInvocations } from "./invocation-records.ts";
import { projectsOfQueue, type QueuedRecord, queuedRequests } from "./queue-records.ts";

/** A request in the store, and whether its call had begun. */
export interface StoredEntry {
  readonly project: string;
  readonly record: QueuedRecord;
  readonly begun: boolean;
}

/** All requests that wait or run, of all projects, in the order of their arrival. */
export function readQueued(tx: Reader): StoredEntry[] {
  return projectsOfQueue(tx)
    .flatMap((project) =>
      tx.list(queuedRequests, project).map(({ value: record }) => {
        const status = tx.get(asyncInvocations, project, asyncInvocationKey(record))?.status;
        return { project, record, begun: status === "RUNNING" };
      }),
    )
    .sort((a, b) => a.record.sequence - b.record.sequence);
}
