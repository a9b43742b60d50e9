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
  /** How many times the queue had looked for what to run when this came in. */
  looks: number;
  state: "waiting" | "paused" | "running";
  cancelDeadline: () => void;
  cancelPause: () => void;
}

/** @param again whether it had begun when the emulator ended. */
export function queueEntry(project: string, record: QueuedRecord, again: boolean, now: number): QueueEntry {
  const { requestId, sequence, deadline, maxAge } = record;
  return {
    project,
    requestId,
    id: `${project} ${requestId}`,
    key: queueKey(record.package, record.name, sequence),
    lane: `${project}:${record.package}:${record.name}`,
    sequence,
    deadline: again ? Math.max(deadline, now + maxAge * 1000) : deadline,
    patience: maxAge * 1000,
    looks: -1,
    state: "waiting",
    cancelDeadline: () => undefined,
    cancelPause: () => undefined,
  };
}
