import type { Writer } from "../../store/store.ts";
import type { App } from "../app.ts";
import { findFunction } from "../functions/find-function.ts";
import { chooseVersion } from "../invocation/choose-version.ts";
import { asyncConfigOf, asyncDefaults } from "./config-records.ts";
import { recordAsyncRequest } from "./invocation-records.ts";
import type { QueuedRequest } from "./queue-contract.ts";
import { putQueued, type QueuedRecord } from "./queue-records.ts";

/**
 * Stores a request that has been checked, with its record. The version and the settings that hold now hold for it from here on.
 * @throws ServiceError when the function cannot be found.
 */
export function storeRequest(
  tx: Writer,
  app: Pick<App, "clock" | "rng">,
  request: QueuedRequest,
  sequence: number,
  ancestors: readonly string[],
): QueuedRecord {
  const { projectId, requestId, event, instanceMemoryMb } = request;
  const named = findFunction(tx, projectId, request.urn);
  const found = chooseVersion(tx, projectId, named, app.rng, request.headers);
  const alias = found.alias?.name;
  const { package: pkg, name } = found.record;
  const { version } = found.version;
  const config = asyncConfigOf(tx, projectId, pkg, name, version);
  const { maxAge, maxRetries, statusLog } = config ?? asyncDefaults;
  const arrivedAt = app.clock.now();
  recordAsyncRequest(tx, projectId, {
    requestId,
    package: pkg,
    name,
    version,
    arrivedAt,
    listed: statusLog,
  });
  const record: QueuedRecord = {
    requestId,
    package: pkg,
    name,
    version,
    ...(alias !== undefined && { alias }),
    sequence,
    ...(instanceMemoryMb !== undefined && { instanceMemoryMb }),
    deadline: arrivedAt.getTime() + maxAge * 1000,
    maxAge,
    maxRetries,
    ...(config?.destinations && { destinations: config.destinations }),
    ancestors,
    attempts: 0,
  };
  putQueued(tx, projectId, record, event);
  return record;
}
