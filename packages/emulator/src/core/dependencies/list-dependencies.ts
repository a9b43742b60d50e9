import type { Reader } from "../../store/store.ts";
import { type FoundDependencyVersion, versionsOfDependency } from "./find-dependency.ts";
import { dependencies, publicSpace } from "./records.ts";

/** What a list of dependencies is narrowed by. */
export interface DependencyFilter {
  readonly name?: string | undefined;
  readonly runtime?: string | undefined;
  readonly dependencyType?: "public" | "private" | "all" | undefined;
  readonly isPublic?: boolean | undefined;
}

/** The dependencies that a project can use, its own first, each with its newest version. */
export function listDependencyRecords(
  tx: Reader,
  project: string,
  filter: DependencyFilter,
): FoundDependencyVersion[] {
  const { dependencyType = "all", isPublic } = filter;
  const withPrivate = dependencyType !== "public" && isPublic !== true;
  const withPublic = dependencyType !== "private" && isPublic !== false;
  const all = [...(withPrivate ? inSpace(tx, project) : []), ...(withPublic ? inSpace(tx, publicSpace) : [])];
  return all.filter(
    ({ dependency, version }) =>
      (filter.name === undefined || dependency.name === filter.name) &&
      (filter.runtime === undefined || version.runtime === filter.runtime),
  );
}

function inSpace(tx: Reader, space: string): FoundDependencyVersion[] {
  const records = tx.list(dependencies, space).map((entry) => entry.value);
  return records
    .sort((a, b) => a.sequence - b.sequence)
    .flatMap((dependency) => {
      const version = versionsOfDependency(tx, { space, dependency }).at(-1);
      return version ? [{ space, dependency, version }] : [];
    });
}
