import { type Collection, collection } from "../../store/store.ts";

/** A package under a name that functions share; its states are in `dependencyVersions`. Stored under its ID. */
export interface DependencyRecord {
  readonly id: string;
  readonly name: string;
  /** Domain that uploaded it, or `public`. */
  readonly owner: string;
  /** Position in the order of creation; lists follow it. */
  readonly sequence: number;
  /** Whether each upload adds a version. Those of the deprecated operations have one package, which is replaced. */
  readonly versioned: boolean;
  /** The highest number given so far: numbers are not given twice. */
  readonly lastVersion: number;
}

/** One package of a dependency. Stored under `dependencyVersionKey`. */
export interface DependencyVersionRecord {
  /** What functions name in `depend_version_list`. */
  readonly id: string;
  readonly dependencyId: string;
  /** Counts from 1. */
  readonly version: number;
  readonly runtime: string;
  readonly description?: string;
  /** SHA-512 of the ZIP file. */
  readonly digest: string;
  /** MD5 of the ZIP file in hexadecimal digits. */
  readonly etag: string;
  /** Bytes. */
  readonly size: number;
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly lastModified: number;
}

/** Where the version of an ID is. Stored under the version's ID. */
export interface DependencyVersionPlace {
  readonly dependencyId: string;
  readonly version: number;
}

export const dependencies: Collection<DependencyRecord> = collection("dependency");
export const dependencyVersions: Collection<DependencyVersionRecord> = collection("dependency-version");
export const dependencyVersionPlaces: Collection<DependencyVersionPlace> =
  collection("dependency-version-place");

/** Dependencies of everybody lie in the space of what belongs to no project. */
export const publicSpace = "";

export const dependencyVersionPrefix = (dependencyId: string): string => `${dependencyId}:`;
// Ten digits, so that the order of the keys is that of the numbers.
export const dependencyVersionKey = (dependencyId: string, version: number): string =>
  `${dependencyVersionPrefix(dependencyId)}${String(version).padStart(10, "0")}`;

/** The name under which a version holds on to its package. */
export const packageOwner = (versionId: string): string => `dependency:${versionId}`;
