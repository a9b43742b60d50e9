import { ServiceError } from "../../core/service-error.ts";

/**
 * Refuses names that nobody asks for, as they are misspelt, and names that are given twice.
 * @param what what they are: `query parameter`, `field`
 * @throws ServiceError FSS.0400 that names it and those there are
 */
export function refuseUnknown(
  address: string,
  what: string,
  given: readonly string[],
  known: readonly string[],
): void {
  const other = given.find((name) => !known.includes(name));
  if (other !== undefined) {
    const those = known.length === 0 ? `it has no ${what}s` : `its ${what}s are ${known.join(", ")}`;
    throw invalid(`${address} has no ${what} ${JSON.stringify(other.slice(0, 80))}; ${those}.`);
  }
  const twice = given.find((name, index) => given.indexOf(name) !== index);
  if (twice !== undefined) throw invalid(`The ${what} ${twice} is given twice.`);
}

function invalid(what: string): ServiceError {
  return new ServiceError("FSS.0400", `Invalid parameter. ${what}`);
}
