import type { Caller } from "../../contract/handler.ts";
import type { Writer } from "../../store/store.ts";
import type { App } from "../app.ts";
import { digestsInUse } from "../code/package-uses.ts";
import { ServiceError } from "../service-error.ts";
import { findFunction } from "./find-function.ts";
import { removeVersion } from "./put-version.ts";
import {
  aliases,
  aliasKey,
  type FunctionRecord,
  functionKey,
  functions,
  latest,
  versionKey,
  versions,
} from "./records.ts";
import { runDeleteHooks } from "./run-delete-hooks.ts";

/**
 * Deletes a function with everything that belongs to it, or one published version with its aliases.
 * @throws ServiceError FSS.1015 (`latest`), FSS.1094 (the version takes a share of an alias), FSS.1051, FSS.1052, FSS.1053, FSS.1309.
 */
export async function deleteFunctionOrVersion(app: App, caller: Caller, urn: string): Promise<void> {
  const project = caller.projectId;
  app.store.write((tx) => {
    const { record, version, reference } = findFunction(tx, project, urn);
    if (reference.qualifier) deleteVersion(tx, project, record, version.version);
    else deleteWhole(tx, project, record);
  });
  await collectPackages(app);
}

/** Removes the packages that nothing refers to any more. */
export async function collectPackages(app: App): Promise<void> {
  await app.packages.collect(app.store.read(digestsInUse));
}

function deleteWhole(tx: Writer, project: string, { package: pkg, name }: FunctionRecord): void {
  runDeleteHooks(tx, project, pkg, name);
  for (const { value } of tx.list(versions, project, { prefix: versionKey(pkg, name, "") }))
    removeVersion(tx, project, pkg, name, value.version);
  tx.delete(functions, project, functionKey(pkg, name));
}

function deleteVersion(
  tx: Writer,
  project: string,
  { package: pkg, name }: FunctionRecord,
  version: string,
): void {
  if (version === latest) {
    throw new ServiceError(
      "FSS.1015",
      "Invalid function version. The version latest cannot be deleted; leave the version out of the URN to delete the whole function.",
    );
  }
  const all = tx.list(aliases, project, { prefix: aliasKey(pkg, name, "") }).map(({ value }) => value);
  const sharing = all.find(({ weights, strategy }) => Object.hasOwn({ ...weights, ...strategy }, version));
  if (sharing) {
    throw new ServiceError(
      "FSS.1094",
      `The version cannot be deleted because it has been used as the additional version of an alias. The alias is ${sharing.name}.`,
    );
  }
  const qualifiers = [
    ...all.filter((alias) => alias.version === version).map((alias) => `!${alias.name}`),
    version,
  ];
  for (const qualifier of qualifiers) runDeleteHooks(tx, project, pkg, name, qualifier);
  removeVersion(tx, project, pkg, name, version);
}
