import type { Writer } from "../../store/store.ts";
import { type Finish, finishRequest } from "./finish-request.ts";
import { asyncInvocationKey, recordAsyncStatus } from "./invocation-records.ts";
import { codes, type Verdict } from "./judge-attempt.ts";
import { type QueuedRecord, queuedRequests, queueKey } from "./queue-records.ts";

/** What becomes of a request after an attempt: it is over, waits for its turn, or for a time. */
export type Next = "done" | "waiting" | { readonly notBefore: number };

/** Stores what an attempt means for its request. @param pause milliseconds to wait after so many attempts. */
export function concludeAttempt(
  tx: Writer,
  finish: Finish,
  queued: QueuedRecord,
  verdict: Verdict,
  startedAt: Date,
  pause: (attempts: number) => number,
): Next {
  const now = finish.at.getTime();
  if (verdict.kind === "success") {
    const attempts = queued.attempts + 1;
    const ending = { status: "SUCCESS", code: 0, message: "", payload: verdict.payload } as const;
    finishRequest(tx, finish, queued, { ...ending, startedAt, attempts });
    return "done";
  }
  const last = { code: verdict.code, message: verdict.message };
  if (verdict.kind === "refused") {
    const refused = { ...queued, last };
    if (now >= queued.deadline) giveUp(tx, finish, refused);
    else putBack(tx, finish, refused);
    return now >= queued.deadline ? "done" : "waiting";
  }
  const attempts = queued.attempts + 1;
  const notBefore = now + pause(attempts);
  if (verdict.again && attempts <= queued.maxRetries && notBefore < queued.deadline) {
    putBack(tx, finish, { ...queued, attempts, last, notBefore });
    return { notBefore };
  }
  finishRequest(tx, finish, queued, {
    status: "FAIL",
    ...last,
    ...(verdict.payload && { payload: verdict.payload }),
    startedAt,
    attempts,
  });
  return "done";
}

/** Ends a request that has grown too old: it failed if it ever ran, and is discarded if not. */
export function giveUp(tx: Writer, finish: Finish, queued: QueuedRecord): void {
  const { attempts, maxAge } = queued;
  const last = queued.last ?? {
    code: codes.overload,
    message: "the cluster is overload and unavailable now",
  };
  finishRequest(tx, finish, queued, {
    status: attempts > 0 ? "FAIL" : "DISCARD",
    code: last.code,
    message: `${last.message} (the request is older than the ${maxAge} seconds of max_async_event_age_in_seconds)`,
    startedAt: finish.at,
    attempts,
  });
}

function putBack(tx: Writer, { project, at }: Finish, queued: QueuedRecord): void {
  tx.put(queuedRequests, project, queueKey(queued.package, queued.name, queued.sequence), queued);
  recordAsyncStatus(tx, project, asyncInvocationKey(queued), { status: "WAIT" }, at);
}
