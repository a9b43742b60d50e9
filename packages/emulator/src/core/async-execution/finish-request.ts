import type { Writer } from "../../store/store.ts";
import { formatUrn } from "../functions/urn.ts";
import { asyncInvocationKey, recordAsyncStatus } from "./invocation-records.ts";
import { type Ending, notification } from "./notification.ts";
import { deleteQueued, deliveries, type QueuedRecord, queueKey, readEvent } from "./queue-records.ts";

/** Where a request ends, and when. */
export interface Finish {
  readonly region: string;
  readonly project: string;
  readonly at: Date;
  /** Leaves out targets that are functions: for requests that were cancelled with all that they cause. */
  readonly callsNoFunction?: boolean;
}

/** Ends a request: records its last state, takes it out of the queue and leaves the notification, if one is wanted, to be delivered. */
export function finishRequest(
  tx: Writer,
  { region, project, at, callsNoFunction }: Finish,
  queued: QueuedRecord,
  ending: Ending,
): void {
  const { requestId, package: pkg, name, version, destinations, ancestors } = queued;
  const { status, code, message } = ending;
  const end = { status, errorCode: code, errorMessage: message };
  recordAsyncStatus(tx, project, asyncInvocationKey(queued), end, at);
  const place = { key: queueKey(pkg, name, queued.sequence), record: queued };
  const target = status === "SUCCESS" ? destinations?.on_success : destinations?.on_failure;
  const wanted = target && !(callsNoFunction && target.destination === "FunctionGraph");
  const event = wanted ? readEvent(tx, project, place) : undefined;
  deleteQueued(tx, project, place);
  if (!wanted) return;
  const urn = formatUrn(region, project, pkg, name, { version });
  const payload = JSON.stringify(notification(requestId, urn, event ?? Buffer.alloc(0), ending));
  tx.put(deliveries, project, requestId, {
    requestId,
    package: pkg,
    name,
    version,
    target,
    payload,
    ancestors,
    attempts: 0,
  });
}
