import type { Reader } from "../../store/store.ts";
import { ServiceError } from "../service-error.ts";
import { findRecord } from "./find-record.ts";
import {
  type AliasRecord,
  aliases,
  aliasKey,
  type FunctionRecord,
  type VersionRecord,
  versionKey,
  versions,
} from "./records.ts";
import type { FunctionReference, Qualifier } from "./urn.ts";

/** A function found in the store, with the version that the URN leads to. */
export interface FoundFunction {
  readonly record: FunctionRecord;
  readonly reference: FunctionReference;
  /** The version that the qualifier names, directly or through the alias; `latest` without one. Weights are not applied. */
  readonly version: VersionRecord;
  /** Present when the URN names an alias. */
  readonly alias?: AliasRecord;
  /** The qualifier as it is written in URNs: the one given, or version `latest`. */
  readonly qualifier: Qualifier;
}

/**
 * Finds what a URN names.
 * @throws ServiceError FSS.1309 (malformed), FSS.0403 (another project's), FSS.1051, FSS.1052, FSS.1053 (not there).
 */
export function findFunction(tx: Reader, project: string, urn: string): FoundFunction {
  const { record, reference } = findRecord(tx, project, urn);
  const { package: pkg, name } = record;
  const qualifier = reference.qualifier ?? { version: "latest" };
  if ("alias" in qualifier) {
    const alias = tx.get(aliases, project, aliasKey(pkg, name, qualifier.alias));
    if (!alias) throw new ServiceError("FSS.1053");
    const version = tx.get(versions, project, versionKey(pkg, name, alias.version));
    if (!version) throw new ServiceError("FSS.1052");
    return { record, reference, version, alias, qualifier };
  }
  const version = tx.get(versions, project, versionKey(pkg, name, qualifier.version));
  if (version) return { record, reference, version, qualifier };
  // Some clients write an alias without its exclamation mark (spec/provenance/discrepancies, 22).
  const alias = tx.get(aliases, project, aliasKey(pkg, name, qualifier.version));
  const target = alias && tx.get(versions, project, versionKey(pkg, name, alias.version));
  if (alias && target) return { record, reference, version: target, alias, qualifier: { alias: alias.name } };
  throw new ServiceError("FSS.1052");
}
