import { parseUrn } from "./parse-urn.ts";

/** Throws the ValidationError that tells what is wrong with a function's URN, if anything is. */
export function validateUrn(urn: unknown): asserts urn is string {
  // `as`: parseUrn itself refuses what is not a string; this one is for callers that do not know.
  parseUrn(urn as string);
}
