import type { Reader } from "../../store/store.ts";
import { findRecord } from "../functions/find-record.ts";
import { type FunctionRecord, functions } from "../functions/records.ts";
import { ServiceError } from "../service-error.ts";

/**
 * Finds the function whose tags are meant, by its URN or by the ID under which searches return it.
 * @throws ServiceError FSS.0400 (malformed), FSS.0403 (another project's), FSS.1051.
 */
export function findTagged(tx: Reader, project: string, resource: string): FunctionRecord {
  const byId = tx.list(functions, project).find(({ value }) => value.functionId === resource);
  if (byId) return byId.value;
  try {
    return findRecord(tx, project, resource).record;
  } catch (error) {
    // The operations on tags do not know the code for malformed URNs.
    if (error instanceof ServiceError && error.code === "FSS.1309")
      throw new ServiceError("FSS.0400", `invalid parameter: resource_id. ${error.message}`);
    throw error;
  }
}
