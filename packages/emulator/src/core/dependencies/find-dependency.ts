import type { Reader } from "../../store/store.ts";
import { ServiceError } from "../service-error.ts";
import {
  type DependencyRecord,
  type DependencyVersionRecord,
  dependencies,
  dependencyVersionKey,
  dependencyVersionPlaces,
  dependencyVersionPrefix,
  dependencyVersions,
  publicSpace,
} from "./records.ts";

/** A dependency with the space of the store that it lies in. */
export interface FoundDependency {
  readonly space: string;
  readonly dependency: DependencyRecord;
}

/** A version together with its dependency. */
export interface FoundDependencyVersion extends FoundDependency {
  readonly version: DependencyVersionRecord;
}

/**
 * Finds a dependency of the project or a public one by its ID, which is not the ID of a version.
 * @throws ServiceError FSS.1056.
 */
export function findDependency(tx: Reader, project: string, id: string): FoundDependency {
  for (const space of [project, publicSpace]) {
    const dependency = tx.get(dependencies, space, id);
    if (dependency) return { space, dependency };
  }
  throw new ServiceError("FSS.1056");
}

/**
 * Finds a dependency that the project may change.
 * @throws ServiceError FSS.1046 (public), FSS.1056.
 */
export function findOwnDependency(tx: Reader, project: string, id: string): FoundDependency {
  const found = findDependency(tx, project, id);
  if (found.space !== project) throw new ServiceError("FSS.1046");
  return found;
}

/** The versions of a dependency by number, lowest first; there is always one at least. */
export function versionsOfDependency(
  tx: Reader,
  { space, dependency }: FoundDependency,
): DependencyVersionRecord[] {
  return tx
    .list(dependencyVersions, space, { prefix: dependencyVersionPrefix(dependency.id) })
    .map((entry) => entry.value);
}

/**
 * Finds a version by the ID of its dependency and its number in digits.
 * @throws ServiceError FSS.1056.
 */
export function findNumberedVersion(
  tx: Reader,
  found: FoundDependency,
  digits: string,
): FoundDependencyVersion {
  const number = Number(digits);
  const version =
    Number.isSafeInteger(number) &&
    tx.get(dependencyVersions, found.space, dependencyVersionKey(found.dependency.id, number));
  if (!version) throw new ServiceError("FSS.1056");
  return { ...found, version };
}

/**
 * Finds a version, of the project or public, by its own ID: what functions name in `depend_version_list`.
 * @throws ServiceError FSS.1056.
 */
export function findDependencyVersion(
  tx: Reader,
  project: string,
  versionId: string,
): FoundDependencyVersion {
  for (const space of [project, publicSpace]) {
    const place = tx.get(dependencyVersionPlaces, space, versionId);
    const dependency = place && tx.get(dependencies, space, place.dependencyId);
    const version =
      place && tx.get(dependencyVersions, space, dependencyVersionKey(place.dependencyId, place.version));
    if (dependency && version) return { space, dependency, version };
  }
  throw new ServiceError("FSS.1056");
}
