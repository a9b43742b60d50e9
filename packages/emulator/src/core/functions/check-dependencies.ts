import type { Reader } from "../../store/store.ts";
import type { App } from "../app.ts";
import { findDependencyVersion } from "../dependencies/find-dependency.ts";
import { ServiceError } from "../service-error.ts";

/**
 * Checks the dependency versions that a function is to use, and returns each once.
 * @throws ServiceError FSS.1024 (too many), FSS.1056 (one that the project has not and nobody shares).
 */
export function checkDependencies(tx: Reader, app: App, project: string, ids: readonly string[]): string[] {
  const unique = [...new Set(ids)];
  const most = app.limits.dependenciesPerFunction;
  if (unique.length > most) {
    throw new ServiceError(
      "FSS.1024",
      `Invalid dependency. depend_version_list must name at most ${most} dependency versions and names ${unique.length}.`,
    );
  }
  for (const id of unique) findDependencyVersion(tx, project, id);
  return unique;
}
