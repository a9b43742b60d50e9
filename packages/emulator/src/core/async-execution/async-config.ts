import type { Caller } from "../../contract/handler.ts";
import type { Reader } from "../../store/store.ts";
import type { App } from "../app.ts";
import { findFunction } from "../functions/find-function.ts";
import { functionKey, versionKey } from "../functions/records.ts";
import { formatUrn } from "../functions/urn.ts";
import { owningFunction } from "../owning-function.ts";
import { ServiceError } from "../service-error.ts";
import { formatTime } from "../time.ts";
import { checkDestinations } from "./check-destination.ts";
import { type AsyncConfigRecord, asyncConfigs } from "./config-records.ts";

/** Settings of a version, with the URN of the version. */
export interface FoundAsyncConfig {
  readonly urn: string;
  readonly config: AsyncConfigRecord;
}

/** Settings as a request gives them; what is left out has its default already. */
export type AsyncConfigInput = Pick<
  AsyncConfigRecord,
  "maxAge" | "maxRetries" | "destinations" | "statusLog" | "logPlace"
>;

/**
 * Makes or replaces the settings of the version that a URN names, directly or through an alias.
 * @throws ServiceError FSS.0400 (a target), FSS.1051, FSS.1052, FSS.1053, FSS.1309.
 */
export function setAsyncConfig(
  app: App,
  caller: Caller,
  urn: string,
  input: AsyncConfigInput,
): FoundAsyncConfig {
  return app.store.write((tx) => {
    const { key, version, urn: versionUrn } = versionOf(tx, app, caller, urn);
    const now = formatTime(app.clock.now());
    const createdAt = tx.get(asyncConfigs, caller.projectId, key)?.createdAt ?? now;
    const config = {
      ...input,
      destinations: checkDestinations(input.destinations),
      version,
      createdAt,
      lastModified: now,
    };
    tx.put(asyncConfigs, caller.projectId, key, config);
    return { urn: versionUrn, config };
  });
}

/**
 * Returns the settings that a version has of its own.
 * @throws ServiceError FSS.0404 (it has none), FSS.1051, FSS.1052, FSS.1053, FSS.1309.
 */
export function showAsyncConfig(app: App, caller: Caller, urn: string): FoundAsyncConfig {
  return app.store.read((tx) => {
    const { key, urn: versionUrn } = versionOf(tx, app, caller, urn);
    const config = tx.get(asyncConfigs, caller.projectId, key);
    if (!config) throw none(versionUrn);
    return { urn: versionUrn, config };
  });
}

/**
 * Takes the settings of a version away.
 * @throws ServiceError FSS.0404 (it has none), FSS.1051, FSS.1052, FSS.1053, FSS.1309.
 */
export function deleteAsyncConfig(app: App, caller: Caller, urn: string): void {
  app.store.write((tx) => {
    const { key, urn: versionUrn } = versionOf(tx, app, caller, urn);
    if (!tx.delete(asyncConfigs, caller.projectId, key)) throw none(versionUrn);
  });
}

/**
 * Returns the settings of all versions of a function that have their own.
 * @throws ServiceError FSS.1051, FSS.1309.
 */
export function listAsyncConfigs(app: App, caller: Caller, urn: string): FoundAsyncConfig[] {
  return app.store.read((tx) => {
    const { package: pkg, name } = owningFunction(tx, caller.projectId, urn).record;
    return tx
      .list(asyncConfigs, caller.projectId, { prefix: `${functionKey(pkg, name)}:` })
      .map(({ value }) => ({
        urn: formatUrn(app.region, caller.projectId, pkg, name, { version: value.version }),
        config: value,
      }));
  });
}

function versionOf(
  tx: Reader,
  app: App,
  caller: Caller,
  urn: string,
): { key: string; version: string; urn: string } {
  const { record, version } = findFunction(tx, caller.projectId, urn);
  const { package: pkg, name } = record;
  return {
    key: versionKey(pkg, name, version.version),
    version: version.version,
    urn: formatUrn(app.region, caller.projectId, pkg, name, { version: version.version }),
  };
}

function none(urn: string): ServiceError {
  return new ServiceError("FSS.0404", `not found: ${urn} has no asynchronous settings of its own.`);
}
