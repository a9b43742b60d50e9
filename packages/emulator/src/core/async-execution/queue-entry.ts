import { performance } from "node:perf_hooks";
import type { Waiting } from "./lanes.ts";
import { type QueuedRecord, queueKey } from "./queue-records.ts";

/** A request that is known here: it waits for its turn, for the end of a pause, or it runs. */
export interface QueueEntry extends Waiting {
  readonly project: string;
  readonly requestId: string;
  /** Project and request. */
  readonly id: string;
  /** Of its documents. */
  readonly key: string;
  /** One that had begun when the emulator ended gets its age anew: it is to run, however long that was. */
  deadline: number;
  /** Milliseconds that it may wait. */
  readonly patience: number;
  /** Real milliseconds since when it waits for its first turn; unknown once it has had one, and of those from before a restart. */
  waitsSince?: number | undefined;
  /** When it came in, in milliseconds since 1970; unknown of those from before a restart. */
  readonly arrivedAt?: number;
  /** The same, if the clock has been moved on since and nothing could run before. Its run counts as of then. */
  dueAt?: number | undefined;
  state: "waiting" | "paused" | "running";
  cancelPause: () => void;
}

const nothing = (): void => undefined;

/** @param stored of a request that was in the store before: whether it had begun when the emulator ended. */
export function queueEntry(
  project: string,
  record: QueuedRecord,
  stored: { readonly begun: boolean } | undefined,
  now: number,
): QueueEntry {
  const { requestId, sequence, deadline, maxAge } = record;
  return {
    project,
    requestId,
    id: `${project} ${requestId}`,
    key: queueKey(record.package, record.name, sequence),
    lane: `${project}:${record.package}:${record.name}`,
    sequence,
    deadline: stored?.begun ? Math.max(deadline, now + maxAge * 1000) : deadline,
    patience: maxAge * 1000,
    ...(!stored && { arrivedAt: deadline - maxAge * 1000, waitsSince: performance.now() }),
    state: "waiting",
    cancelPause: nothing,
  };
}
