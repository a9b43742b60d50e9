import { createHash } from "node:crypto";
import type { Dependency, DependencyVersion, FunctionDependency } from "@functiongraph/types";
import type { FoundDependencyVersion } from "./find-dependency.ts";
import { type DependencyRecord, publicSpace } from "./records.ts";

/** How long a download link is said to work, in seconds. */
const linkLifetime = 3600;

/** A dependency as its operations without versions show it. */
export function showDependencyRecord(
  region: string,
  project: string,
  found: FoundDependencyVersion,
): Dependency {
  const { dependency, version } = found;
  return {
    id: dependency.id,
    owner: dependency.owner,
    link: packageLink(region, project, found, dependency.versioned ? version.id : dependency.id),
    runtime: version.runtime,
    etag: version.etag,
    size: version.size,
    name: dependency.name,
    file_name: fileName(dependency),
    ...(version.description !== undefined && { description: version.description }),
  };
}

/** A dependency as lists show it: as its newest version is. */
export function showListedDependency(
  region: string,
  project: string,
  found: FoundDependencyVersion,
): Dependency {
  return {
    ...showDependencyRecord(region, project, found),
    version: found.version.version,
    last_modified: found.version.lastModified,
  };
}

/** A version as the answer to its upload shows it. */
export function showUploadedVersion(
  region: string,
  project: string,
  found: FoundDependencyVersion,
): DependencyVersion {
  return {
    ...showListedDependency(region, project, found),
    id: found.version.id,
    dep_id: found.dependency.id,
  };
}

/** A version as lists show it. */
export function showListedVersion(
  region: string,
  project: string,
  found: FoundDependencyVersion,
): DependencyVersion {
  return { ...showUploadedVersion(region, project, found), is_shared: false };
}

/**
 * A version as its own query shows it, with a link to download the file.
 * @param now seconds since 1970
 */
export function showSingleVersion(
  region: string,
  project: string,
  found: FoundDependencyVersion,
  now: number,
): DependencyVersion {
  const shown = showListedVersion(region, project, found);
  const expires = now + linkLifetime;
  // Nothing answers at this address; the link only has the form of a real one and differs each time.
  const signature = createHash("sha256").update(`${shown.link}?${expires}`).digest("hex");
  return { ...shown, download_link: `${shown.link}?Expires=${expires}&Signature=${signature}` };
}

/** A version as the functions that use it show it. */
export function showUsedVersion(
  region: string,
  project: string,
  found: FoundDependencyVersion,
): FunctionDependency {
  const { description = "", ...shown } = showUploadedVersion(region, project, found);
  return { ...shown, description };
}

function packageLink(region: string, project: string, { space }: FoundDependencyVersion, id: string): string {
  const folder = space === publicSpace ? "public" : `depends/${project}`;
  return `https://fgs-packages.obs.${region}.otc.t-systems.com/${folder}/${id}.zip`;
}

function fileName({ name }: DependencyRecord): string {
  return `${name}.zip`;
}
