import type { RuntimeFailure } from "../contract.ts";

/** The error object of a failure that no runner described, as JSON. */
export function failureObject(message: string, errorType?: string): Uint8Array {
  return Buffer.from(JSON.stringify({ errorMessage: message, ...(errorType && { errorType }) }, null, 4));
}

/** The error object of an instance that could not start. */
export function payloadOf(failure: RuntimeFailure): Uint8Array {
  return failure.payload ?? failureObject(failure.message, failure.errorType);
}
