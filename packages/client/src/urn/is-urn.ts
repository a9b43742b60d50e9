import { validateUrn } from "./validate-urn.ts";

/** Tells whether a value is a function's URN in one of the six forms, a lone function name included. */
export function isUrn(value: unknown): value is string {
  try {
    validateUrn(value);
    return true;
  } catch {
    return false;
  }
}
