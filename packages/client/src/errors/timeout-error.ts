import { SafeError } from "./safe-error.ts";

/** No answer came in the time that the call had, its retries included. */
export class TimeoutError extends SafeError {
  override readonly name = "TimeoutError";
  /** The operationId, or method and path of a raw call. */
  declare readonly operation: string;
  /** The time that the call had, in milliseconds. */
  declare readonly timeout: number;

  constructor(operation: string, timeout: number, options?: ErrorOptions) {
    super(`${operation}: no answer within ${timeout} ms`, options, { operation, timeout });
  }
}
