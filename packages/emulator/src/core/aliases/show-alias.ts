import type { VersionAlias } from "@functiongraph/types";
import type { AliasRecord, FunctionRecord } from "../functions/records.ts";
import { formatUrn } from "../functions/urn.ts";

/** An alias as answers show it. */
export function showAliasRecord(
  region: string,
  project: string,
  { package: pkg, name }: FunctionRecord,
  alias: AliasRecord,
): VersionAlias {
  return {
    name: alias.name,
    version: alias.version,
    description: alias.description ?? "",
    last_modified: alias.lastModified,
    alias_urn: formatUrn(region, project, pkg, name, { alias: alias.name }),
    additional_version_weights: alias.weights ?? null,
    additional_version_strategy: alias.strategy ?? null,
  };
}
