import type { Caller } from "../../contract/handler.ts";
import type { Writer } from "../../store/store.ts";
import type { App } from "../app.ts";
import { findFunction } from "../functions/find-function.ts";
import { ServiceError } from "../service-error.ts";
import { findAsyncInvocation } from "./find-invocation.ts";
import { type Finish, finishRequest } from "./finish-request.ts";
import {
  type AsyncInvocationRecord,
  asyncInvocationKey,
  asyncInvocationPrefix,
  asyncInvocations,
  hasEnded,
  recordAsyncStatus,
} from "./invocation-records.ts";
import { codes } from "./judge-attempt.ts";
import { deliveries, type QueuedRecord, queuedRequests } from "./queue-records.ts";

type CancelType = "force" | "recursive";

const message = "function invocation canceled";

/**
 * Ends an asynchronous request that waits or runs; one that has ended already stays as it is. With `recursive` the requests that its
 * notifications have led to end as well, also after it has ended itself, and no further ones follow.
 * @returns the records that have ended by this, for the queue to stop what runs of them.
 * @throws ServiceError FSS.0400 `Invalid RequestId` (not one of this function), FSS.1051, FSS.1052, FSS.1053, FSS.1309.
 */
export function cancelInvocation(
  app: App,
  caller: Caller,
  urn: string,
  requestId: string,
  type?: CancelType,
): AsyncInvocationRecord[] {
  const project = caller.projectId;
  return app.store.write((tx) => {
    const { record: owner, reference, version } = findFunction(tx, project, urn);
    const queued = tx.list(queuedRequests, project).map(({ value }) => value);
    const found = findAsyncInvocation(tx, project, requestId, queued);
    const ours = found?.key.startsWith(asyncInvocationPrefix(owner.package, owner.name));
    if (!found || !ours || (reference.qualifier && found.record.version !== version.version))
      throw new ServiceError("FSS.0400", "Invalid RequestId");
    const finish: Finish = {
      region: app.region,
      project,
      at: app.clock.now(),
      callsNoFunction: type === "recursive",
    };
    const self = queued.find((one) => one.requestId === requestId);
    const caused = type === "recursive" ? queued.filter((one) => one.ancestors.includes(requestId)) : [];
    if (type === "recursive") dropCalls(tx, project, requestId);
    return [
      end(tx, finish, found.key, self, type),
      ...caused.map((one) => end(tx, finish, asyncInvocationKey(one), one, type)),
    ].filter((record) => record !== undefined);
  });
}

/** @returns the record, if the request had not ended. */
function end(
  tx: Writer,
  finish: Finish,
  key: string,
  queued: QueuedRecord | undefined,
  type: CancelType | undefined,
): AsyncInvocationRecord | undefined {
  const before = tx.get(asyncInvocations, finish.project, key);
  if (!before || hasEnded(before)) return undefined;
  const change = { status: "FAIL", errorCode: codes.cancelled, errorMessage: message } as const;
  const cancelled = type ?? "unspecified";
  const record = recordAsyncStatus(tx, finish.project, key, { ...change, cancelled }, finish.at);
  if (queued) {
    const attempts = queued.attempts + (before.status === "RUNNING" ? 1 : 0);
    const ending = {
      status: "FAIL",
      code: codes.cancelled,
      message,
      startedAt: finish.at,
      attempts,
    } as const;
    finishRequest(tx, finish, queued, ending);
  }
  return record;
}

/** Functions that a request's notifications, or those of what it led to, have yet to call are not called. */
function dropCalls(tx: Writer, project: string, requestId: string): void {
  for (const { id, value } of tx.list(deliveries, project)) {
    const descends = value.requestId === requestId || value.ancestors.includes(requestId);
    if (descends && value.target.destination === "FunctionGraph") tx.delete(deliveries, project, id);
  }
}
