import type {
  CreateVersionAliasRequest,
  UpdateVersionAliasRequest,
  VersionAlias,
} from "@functiongraph/types";
import type { Caller } from "../../contract/handler.ts";
import type { Reader, Writer } from "../../store/store.ts";
import type { App } from "../app.ts";
import { findFunction } from "../functions/find-function.ts";
import { findRecord } from "../functions/find-record.ts";
import {
  type AliasRecord,
  aliases,
  aliasKey,
  type FunctionRecord,
  versionKey,
  versions,
} from "../functions/records.ts";
import { checkDescription } from "../functions/rules/check-resources.ts";
import { runDeleteHooks } from "../functions/run-delete-hooks.ts";
import { ServiceError } from "../service-error.ts";
import { formatTime } from "../time.ts";
import { checkVersionName } from "../versions/version-name.ts";
import { checkAliasName } from "./alias-name.ts";
import { checkSplit, readSplit, type Split } from "./check-split.ts";
import { refuseAliasWithTriggers } from "./refuse-alias-with-triggers.ts";
import { showAliasRecord } from "./show-alias.ts";

/**
 * Gives a version of a function a name of its own.
 * @throws ServiceError FSS.1014, FSS.1015, FSS.1019, FSS.1043 (too many), FSS.1051, FSS.1052, FSS.1063 (name taken), FSS.1066 (the version
 * has one), FSS.1091, FSS.1092, FSS.1093, FSS.1309.
 */
export function createAlias(
  app: App,
  caller: Caller,
  urn: string,
  request: CreateVersionAliasRequest,
): VersionAlias {
  const project = caller.projectId;
  checkAliasName(request.name);
  return app.store.write((tx) => {
    const { record } = findRecord(tx, project, urn);
    const present = aliasesOf(tx, project, record);
    if (present.some(({ name }) => name === request.name)) throw new ServiceError("FSS.1063");
    const most = app.limits.aliasesPerFunction;
    if (present.length >= most) {
      throw new ServiceError(
        "FSS.1043",
        `The number of aliases exceeds the maximum allowed limit. The function has ${present.length} of at most ${most}.`,
      );
    }
    const split = readSplit(request.additional_version_weights, request.additional_version_strategy);
    return putAlias(
      tx,
      app,
      project,
      record,
      { name: request.name, version: request.version, description: request.description ?? "" },
      split,
    );
  });
}

/**
 * Points an alias somewhere else. A description or a split that the request leaves out stays.
 * @throws ServiceError FSS.1015, FSS.1019, FSS.1051, FSS.1052, FSS.1053, FSS.1066, FSS.1091, FSS.1092, FSS.1093, FSS.1309.
 */
export function updateAlias(
  app: App,
  caller: Caller,
  urn: string,
  name: string,
  request: UpdateVersionAliasRequest,
): VersionAlias {
  const project = caller.projectId;
  return app.store.write((tx) => {
    const { record, alias } = findAlias(tx, project, urn, name);
    const { additional_version_weights: weights, additional_version_strategy: strategy, version } = request;
    const split = weights || strategy ? readSplit(weights, strategy) : alias;
    return putAlias(
      tx,
      app,
      project,
      record,
      { name, version, description: request.description ?? alias.description ?? "" },
      split,
    );
  });
}

/**
 * Deletes an alias; its versions stay.
 * @throws ServiceError FSS.1051, FSS.1053, FSS.1154 (it has triggers), FSS.1309.
 */
export function deleteAlias(app: App, caller: Caller, urn: string, name: string): void {
  app.store.write((tx) => {
    const { record } = findAlias(tx, caller.projectId, urn, name);
    refuseAliasWithTriggers(tx, caller.projectId, record, name);
    runDeleteHooks(tx, caller.projectId, record.package, record.name, `!${name}`);
  });
}

/**
 * Shows an alias.
 * @throws ServiceError FSS.1051, FSS.1053, FSS.1309.
 */
export function showAlias(app: App, caller: Caller, urn: string, name: string): VersionAlias {
  const project = caller.projectId;
  return app.store.read((tx) => {
    const { record, alias } = findAlias(tx, project, urn, name);
    return showAliasRecord(app.region, project, record, alias);
  });
}

/**
 * Lists the aliases of a function by name, whichever version the URN names.
 * @throws ServiceError FSS.1051, FSS.1052, FSS.1309.
 */
export function listAliases(app: App, caller: Caller, urn: string): VersionAlias[] {
  const project = caller.projectId;
  return app.store.read((tx) => {
    const { record, reference } = findRecord(tx, project, urn);
    if (reference.qualifier && "version" in reference.qualifier) findFunction(tx, project, urn);
    return aliasesOf(tx, project, record).map((alias) => showAliasRecord(app.region, project, record, alias));
  });
}

function putAlias(
  tx: Writer,
  app: App,
  project: string,
  record: FunctionRecord,
  { name, version, description }: { name: string; version: string; description: string },
  { weights, strategy }: Split,
): VersionAlias {
  checkDescription(description);
  checkVersionName("version", version);
  if (!tx.get(versions, project, versionKey(record.package, record.name, version)))
    throw new ServiceError("FSS.1052");
  const split = { ...(weights && { weights }), ...(strategy && { strategy }) };
  checkSplit(tx, project, record, version, split);
  const other = aliasesOf(tx, project, record).find((one) => one.version === version && one.name !== name);
  if (other)
    throw new ServiceError(
      "FSS.1066",
      `The version is already in use by another alias. The alias is ${other.name}.`,
    );
  const alias: AliasRecord = {
    name,
    version,
    description,
    lastModified: formatTime(app.clock.now()),
    ...split,
  };
  tx.put(aliases, project, aliasKey(record.package, record.name, name), alias);
  return showAliasRecord(app.region, project, record, alias);
}

function aliasesOf(tx: Reader, project: string, { package: pkg, name }: FunctionRecord): AliasRecord[] {
  return tx.list(aliases, project, { prefix: aliasKey(pkg, name, "") }).map(({ value }) => value);
}

function findAlias(
  tx: Reader,
  project: string,
  urn: string,
  name: string,
): { record: FunctionRecord; alias: AliasRecord } {
  const { record } = findRecord(tx, project, urn);
  const alias = tx.get(aliases, project, aliasKey(record.package, record.name, name));
  if (!alias) throw new ServiceError("FSS.1053");
  return { record, alias };
}
