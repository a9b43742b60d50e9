import type { Caller } from "../../contract/handler.ts";
import type { Writer } from "../../store/store.ts";
import type { App } from "../app.ts";
import { dropPackage } from "../code/package-uses.ts";
import { refuseDependencyInUse } from "./dependency-in-use.ts";
import { findNumberedVersion, findOwnDependency, versionsOfDependency } from "./find-dependency.ts";
import {
  type DependencyVersionRecord,
  dependencies,
  dependencyVersionKey,
  dependencyVersionPlaces,
  dependencyVersions,
  packageOwner,
} from "./records.ts";

/**
 * Deletes one version; with the last one the dependency goes too.
 * @param number in digits
 * @throws ServiceError FSS.1033 (in use), FSS.1046 (public), FSS.1056.
 */
export function removeDependencyVersion(app: App, caller: Caller, id: string, number: string): void {
  app.store.write((tx) => {
    const project = caller.projectId;
    const { dependency, version } = findNumberedVersion(tx, findOwnDependency(tx, project, id), number);
    const last = versionsOfDependency(tx, { space: project, dependency }).length === 1;
    refuseDependencyInUse(tx, app.region, project, new Set(last ? [version.id, id] : [version.id]));
    deleteVersion(tx, project, version);
    if (last) tx.delete(dependencies, project, id);
  });
}

/**
 * Deletes a dependency with everything it has.
 * @throws ServiceError FSS.1033 (in use), FSS.1046 (public), FSS.1056.
 */
export function removeDependency(app: App, caller: Caller, id: string): void {
  app.store.write((tx) => {
    const project = caller.projectId;
    const versions = versionsOfDependency(tx, findOwnDependency(tx, project, id));
    refuseDependencyInUse(tx, app.region, project, new Set([id, ...versions.map((version) => version.id)]));
    for (const version of versions) deleteVersion(tx, project, version);
    tx.delete(dependencies, project, id);
  });
}

function deleteVersion(tx: Writer, project: string, version: DependencyVersionRecord): void {
  dropPackage(tx, project, packageOwner(version.id), version.digest);
  tx.delete(dependencyVersions, project, dependencyVersionKey(version.dependencyId, version.version));
  tx.delete(dependencyVersionPlaces, project, version.id);
}
