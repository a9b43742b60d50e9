import type { Caller } from "../../contract/handler.ts";
import { type Collection, collection, type Reader } from "../../store/store.ts";
import type { App } from "../app.ts";
import { functionKey } from "../functions/records.ts";
import { owningFunction } from "../owning-function.ts";
import { ServiceError } from "../service-error.ts";

/** Credentials of Application Performance Management that a function reports with. */
export interface TracingRecord {
  readonly accessKey: string;
  readonly secretKey: string;
}

/** One record for each function that is traced, under `functionKey`. */
export const tracings: Collection<TracingRecord> = collection("tracing");

/**
 * Starts tracing with these credentials, or ends it when both are empty.
 * @throws ServiceError FSS.0400 (one key without the other), FSS.1051, FSS.1309.
 */
export function setTracing(
  app: App,
  caller: Caller,
  urn: string,
  accessKey: string,
  secretKey: string,
): void {
  app.store.write((tx) => {
    const key = keyOf(tx, caller.projectId, urn);
    if ((accessKey === "") !== (secretKey === "")) {
      const missing = accessKey === "" ? "tracing_ak" : "tracing_sk";
      throw new ServiceError(
        "FSS.0400",
        `invalid parameter. ${missing} must be sent with the other key and is empty.`,
      );
    }
    if (accessKey === "") tx.delete(tracings, caller.projectId, key);
    else tx.put(tracings, caller.projectId, key, { accessKey, secretKey });
  });
}

/**
 * Returns the credentials of a function.
 * @throws ServiceError FSS.0404 (none), FSS.1051, FSS.1309.
 */
export function tracingOf(app: App, caller: Caller, urn: string): TracingRecord {
  return app.store.read((tx) => {
    const found = tx.get(tracings, caller.projectId, keyOf(tx, caller.projectId, urn));
    if (!found) throw new ServiceError("FSS.0404", "can not find tracing aksk");
    return found;
  });
}

function keyOf(tx: Reader, project: string, urn: string): string {
  const { record } = owningFunction(tx, project, urn);
  return functionKey(record.package, record.name);
}
