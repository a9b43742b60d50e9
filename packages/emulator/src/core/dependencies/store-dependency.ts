import { createHash } from "node:crypto";
import type { Caller } from "../../contract/handler.ts";
import type { StoredPackage } from "../../store/package-store.ts";
import type { Reader, Writer } from "../../store/store.ts";
import type { App } from "../app.ts";
import { dropPackage, usePackage } from "../code/package-uses.ts";
import { ServiceError } from "../service-error.ts";
import { epochSeconds } from "../time.ts";
import { type FoundDependencyVersion, findOwnDependency, versionsOfDependency } from "./find-dependency.ts";
import {
  type DependencyRecord,
  type DependencyVersionRecord,
  dependencies,
  dependencyVersionKey,
  dependencyVersionPlaces,
  dependencyVersions,
  packageOwner,
} from "./records.ts";

/** A checked package that lies in the package store, with what the request says about it. */
export interface DependencyUpload extends StoredPackage {
  readonly name: string;
  readonly runtime: string;
  readonly description?: string;
  /** MD5 in hexadecimal digits. */
  readonly etag: string;
}

/** The entity tag that object storage gives a file that came in one part. */
export function entityTag(bytes: Uint8Array): string {
  return createHash("md5").update(bytes).digest("hex");
}

/**
 * Adds the next version to the dependency of the name, or makes the dependency with version 1.
 * @throws ServiceError FSS.1045 (too many dependencies), FSS.1065 (the name belongs to a dependency without versions).
 */
export function addDependencyVersion(
  tx: Writer,
  app: App,
  caller: Caller,
  upload: DependencyUpload,
): FoundDependencyVersion {
  const present = findByName(tx, caller.projectId, upload.name);
  if (present && !present.versioned) {
    throw new ServiceError(
      "FSS.1065",
      `The dependency already exists. ${upload.name} was made without versions and takes none.`,
    );
  }
  return putVersion(
    tx,
    app,
    caller.projectId,
    present ?? newDependency(tx, app, caller, upload.name, true),
    upload,
  );
}

/**
 * Makes a dependency without versions.
 * @throws ServiceError FSS.1045 (too many dependencies), FSS.1065 (name taken).
 */
export function addUnversionedDependency(
  tx: Writer,
  app: App,
  caller: Caller,
  upload: DependencyUpload,
): FoundDependencyVersion {
  refuseTakenName(tx, caller.projectId, upload.name);
  return putVersion(tx, app, caller.projectId, newDependency(tx, app, caller, upload.name, false), upload);
}

/**
 * Replaces package, runtime and name of a dependency without versions.
 * @throws ServiceError FSS.1024 (it has versions), FSS.1046, FSS.1056, FSS.1065 (name taken).
 */
export function replaceDependency(
  tx: Writer,
  app: App,
  caller: Caller,
  id: string,
  upload: DependencyUpload,
): FoundDependencyVersion {
  const found = findOwnDependency(tx, caller.projectId, id);
  if (found.dependency.versioned) {
    throw new ServiceError(
      "FSS.1024",
      "Invalid dependency. It has versions, which never change; createDependencyVersion adds one.",
    );
  }
  refuseTakenName(tx, caller.projectId, upload.name, id);
  const [version] = versionsOfDependency(tx, found);
  if (version) dropPackage(tx, caller.projectId, packageOwner(version.id), version.digest);
  const renamed = { ...found.dependency, name: upload.name, lastVersion: 0 };
  return putVersion(tx, app, caller.projectId, renamed, upload, version?.id);
}

function newDependency(
  tx: Reader,
  app: App,
  caller: Caller,
  name: string,
  versioned: boolean,
): DependencyRecord {
  const all = tx.list(dependencies, caller.projectId);
  const most = app.limits.dependencies;
  if (all.length >= most) {
    throw new ServiceError(
      "FSS.1045",
      `The number of dependencies exceeds the maximum allowed limit. A project has at most ${most}.`,
    );
  }
  const sequence = Math.max(0, ...all.map((entry) => entry.value.sequence)) + 1;
  return { id: app.rng.uuid(), name, owner: caller.domainId, sequence, versioned, lastVersion: 0 };
}

function putVersion(
  tx: Writer,
  app: App,
  project: string,
  base: DependencyRecord,
  upload: DependencyUpload,
  id: string = app.rng.uuid(),
): FoundDependencyVersion {
  const dependency = { ...base, lastVersion: base.lastVersion + 1 };
  const version: DependencyVersionRecord = {
    id,
    dependencyId: dependency.id,
    version: dependency.lastVersion,
    runtime: upload.runtime,
    ...(upload.description !== undefined && { description: upload.description }),
    digest: upload.digest,
    etag: upload.etag,
    size: upload.size,
    lastModified: epochSeconds(app.clock.now()),
  };
  tx.put(dependencies, project, dependency.id, dependency);
  tx.put(dependencyVersions, project, dependencyVersionKey(dependency.id, version.version), version);
  usePackage(tx, project, packageOwner(version.id), version.digest, version.size);
  tx.put(dependencyVersionPlaces, project, version.id, {
    dependencyId: dependency.id,
    version: version.version,
  });
  return { space: project, dependency, version };
}

function findByName(tx: Reader, project: string, name: string): DependencyRecord | undefined {
  return tx.list(dependencies, project).find((entry) => entry.value.name === name)?.value;
}

function refuseTakenName(tx: Reader, project: string, name: string, except?: string): void {
  const taken = findByName(tx, project, name);
  if (taken && taken.id !== except)
    throw new ServiceError("FSS.1065", `The dependency already exists. Its name is ${name}.`);
}
