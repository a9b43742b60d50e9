import type { Reader, Writer } from "../../store/store.ts";
import type { App } from "../app.ts";
import { ServiceError } from "../service-error.ts";
import { formatTime } from "../time.ts";
import { type FoundFunction, findFunction } from "./find-function.ts";
import { putVersion } from "./put-version.ts";
import { latest, type VersionRecord } from "./records.ts";

/**
 * Finds what a change is for: the version `latest`, as all others never change.
 * @throws ServiceError FSS.1015 (a published version), FSS.1309, FSS.0403, FSS.1051, FSS.1052, FSS.1053.
 */
export function findLatest(tx: Reader, project: string, urn: string): FoundFunction {
  const found = findFunction(tx, project, urn);
  if (found.version.version === latest) return found;
  throw new ServiceError(
    "FSS.1015",
    `Invalid function version. The URN must name the version latest, as published ones never change, and names ${found.version.version}.`,
  );
}

/** Stores a changed `latest` with its time and the number of its revision. */
export function putLatest(
  tx: Writer,
  app: App,
  project: string,
  found: FoundFunction,
  changed: VersionRecord,
): VersionRecord {
  const now = formatTime(app.clock.now());
  const version = {
    ...changed,
    config: { ...changed.config, last_modified: now },
    revision: found.version.revision + 1,
    lastModified: now,
  };
  putVersion(tx, project, found.record.package, found.record.name, version);
  return version;
}
