import type { Reader } from "../../store/store.ts";
import { ServiceError } from "../service-error.ts";
import { type FunctionRecord, functionKey, functions } from "./records.ts";
import { type FunctionReference, parseUrn } from "./urn.ts";

/** A function as a whole, with the URN that led to it. */
export interface FoundRecord {
  readonly record: FunctionRecord;
  readonly reference: FunctionReference;
}

/**
 * Finds the function that a URN names, whatever version or alias stands at its end.
 * @throws ServiceError FSS.1309 (malformed), FSS.0403 (another project's), FSS.1051 (not there).
 */
export function findRecord(tx: Reader, project: string, urn: string): FoundRecord {
  const reference = parseUrn(urn);
  if (reference.project !== undefined && reference.project !== project) {
    throw new ServiceError("FSS.0403", "The function URN names another project than the path.");
  }
  const record = tx.get(functions, project, functionKey(reference.package, reference.name));
  if (!record) throw new ServiceError("FSS.1051");
  return { record, reference };
}
