import type { Reader } from "../store/store.ts";
import { type FoundFunction, findFunction } from "./functions/find-function.ts";
import { ServiceError } from "./service-error.ts";

/**
 * Finds the function that a URN names for an operation that knows no versions: a version or alias that is not there counts as a
 * missing function.
 * @throws ServiceError FSS.1309, FSS.0403, FSS.1051.
 */
export function owningFunction(tx: Reader, project: string, urn: string): FoundFunction {
  try {
    return findFunction(tx, project, urn);
  } catch (error) {
    if (error instanceof ServiceError && (error.code === "FSS.1052" || error.code === "FSS.1053"))
      throw new ServiceError("FSS.1051");
    throw error;
  }
}
