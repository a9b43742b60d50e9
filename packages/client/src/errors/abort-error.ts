import { SafeError } from "./safe-error.ts";

/** The caller's signal ended the call; `cause` is the signal's reason. */
export class AbortError extends SafeError {
  override readonly name = "AbortError";
  /** The operationId, or method and path of a raw call. */
  declare readonly operation: string;

  constructor(operation: string, options?: ErrorOptions) {
    super(`${operation}: aborted by its signal`, options, { operation });
  }
}
