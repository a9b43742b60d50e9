import type { Reader } from "../../store/store.ts";
import type { FunctionRecord } from "../functions/records.ts";
import { ServiceError } from "../service-error.ts";
import { triggersOf } from "../triggers/records.ts";

/**
 * Refuses when an alias has triggers of its own.
 * @throws ServiceError FSS.1154.
 */
export function refuseAliasWithTriggers(
  tx: Reader,
  project: string,
  { package: pkg, name }: FunctionRecord,
  alias: string,
): void {
  const number = triggersOf(tx, project, pkg, name, `!${alias}`).length;
  if (number === 0) return;
  throw new ServiceError(
    "FSS.1154",
    `Aliases of a function bound with triggers cannot be deleted. ${alias} has ${number}.`,
  );
}
