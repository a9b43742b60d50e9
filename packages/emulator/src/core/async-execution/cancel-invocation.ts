import type { Caller } from "../../contract/handler.ts";
import type { App } from "../app.ts";
import { findFunction } from "../functions/find-function.ts";
import { ServiceError } from "../service-error.ts";
import {
  type AsyncInvocationRecord,
  asyncInvocationPrefix,
  findAsyncInvocation,
  recordAsyncStatus,
} from "./invocation-records.ts";

/** What the runtime says about a request that was cancelled. */
const cancelledCode = 4208;

/**
 * Ends an asynchronous request that waits or runs; one that has ended already stays as it is.
 * @returns the record as it now is, whose `cancelled` tells whoever runs the request to stop.
 * @throws ServiceError FSS.0400 `Invalid RequestId` (not one of this function), FSS.1051, FSS.1052, FSS.1053, FSS.1309.
 */
export function cancelInvocation(
  app: App,
  caller: Caller,
  urn: string,
  requestId: string,
  type?: "force" | "recursive",
): AsyncInvocationRecord {
  return app.store.write((tx) => {
    const { record: owner, reference, version } = findFunction(tx, caller.projectId, urn);
    const found = findAsyncInvocation(tx, caller.projectId, requestId);
    const ours = found?.key.startsWith(asyncInvocationPrefix(owner.package, owner.name));
    if (!found || !ours || (reference.qualifier && found.record.version !== version.version))
      throw new ServiceError("FSS.0400", "Invalid RequestId");
    const change = {
      status: "FAIL",
      errorCode: cancelledCode,
      errorMessage: "function invocation canceled",
      cancelled: type ?? "unspecified",
    } as const;
    return recordAsyncStatus(tx, caller.projectId, requestId, change, app.clock.now()) ?? found.record;
  });
}
