import type { Reader } from "../../store/store.ts";
import { functions, versions } from "../functions/records.ts";
import { formatUrn } from "../functions/urn.ts";
import { ServiceError } from "../service-error.ts";

/**
 * Refuses when any version of any function of the project names one of these dependency versions, or the dependency itself.
 * @param ids of dependency versions and dependencies
 * @throws ServiceError FSS.1033, naming one function that does.
 */
export function refuseDependencyInUse(
  tx: Reader,
  region: string,
  project: string,
  ids: ReadonlySet<string>,
): void {
  for (const { id: functionKey, value: owner } of tx.list(functions, project)) {
    for (const { value: version } of tx.list(versions, project, { prefix: `${functionKey}:` })) {
      const used = [...(version.config.depend_version_list ?? []), ...(version.config.depend_list ?? [])];
      if (!used.some((id) => ids.has(id))) continue;
      const urn = formatUrn(region, project, owner.package, owner.name, { version: version.version });
      throw new ServiceError("FSS.1033", `The dependency is currently in use. ${urn} uses it.`);
    }
  }
}
