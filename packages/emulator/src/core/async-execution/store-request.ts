import type { Writer } from "../../store/store.ts";
import type { App } from "../app.ts";
import { type FoundFunction, findFunction } from "../functions/find-function.ts";
import { chooseVersion } from "../invocation/choose-version.ts";
import { asyncConfigOf, asyncDefaults } from "./config-records.ts";
import { recordAsyncRequest } from "./invocation-records.ts";
import type { QueuedRequest } from "./queue-contract.ts";
import { openQueue, putQueued, type QueuedRecord } from "./queue-records.ts";

/** A request with its place in the order of arrival. */
export interface StoredRequest {
  readonly request: QueuedRequest;
  readonly sequence: number;
  /** Requests whose notifications led to this one. */
  readonly ancestors: readonly string[];
}

/**
 * Stores requests that have been checked, with their records. The versions and the settings that hold now hold for them from here on.
 * @throws ServiceError when a function cannot be found.
 */
export function storeRequests(
  tx: Writer,
  app: Pick<App, "clock" | "rng">,
  all: readonly StoredRequest[],
): QueuedRecord[] {
  // Within one transaction a name leads to the same function, and a version to the same settings.
  const named = remembered((project, urn) => findFunction(tx, project, urn));
  const settings = remembered((project, _, found: FoundFunction) => {
    const { package: pkg, name } = found.record;
    return asyncConfigOf(tx, project, pkg, name, found.version.version);
  });
  const opened = remembered((project) => openQueue(tx, project));
  const cleared = new Set<string>();
  const now = app.clock.now();
  return all.map(({ request, sequence, ancestors }) => {
    const { projectId, requestId, event, instanceMemoryMb, arrivedAt = now } = request;
    const found = chooseVersion(tx, projectId, named(projectId, request.urn), app.rng, request.headers);
    const alias = found.alias?.name;
    const { package: pkg, name } = found.record;
    const { version } = found.version;
    const config = settings(projectId, `${pkg}:${name}:${version}`, found);
    const { maxAge, maxRetries, statusLog } = config ?? asyncDefaults;
    const owner = `${projectId} ${pkg}:${name}`;
    opened(projectId, "");
    const arrived = { requestId, package: pkg, name, version, arrivedAt, sequence, listed: statusLog };
    recordAsyncRequest(tx, projectId, arrived, cleared.has(owner) ? 0 : all.length);
    cleared.add(owner);
    const record: QueuedRecord = {
      requestId,
      package: pkg,
      name,
      version,
      ...(alias !== undefined && { alias }),
      sequence,
      arrivedAt: arrivedAt.getTime(),
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
  });
}

/** A function that works out each result once, by its first two arguments. */
function remembered<R, M extends readonly unknown[]>(
  work: (project: string, key: string, ...more: M) => R,
): typeof work {
  const known = new Map<string, { readonly result: R }>();
  return (project, key, ...more) => {
    const place = `${project} ${key}`;
    const before = known.get(place) ?? { result: work(project, key, ...more) };
    known.set(place, before);
    return before.result;
  };
}
