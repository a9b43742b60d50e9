import { SafeError } from "./safe-error.ts";

/** What a FunctionError tells. */
export interface FunctionErrorFields {
  /** Class of the exception in the function's language, or a name of the platform's such as `FunctionLoadError`. */
  readonly errorType: string | undefined;
  readonly errorMessage: string;
  /** The call stack inside the function, a line for each entry; empty when its code was not reached. */
  readonly stackTrace: string;
  /** Number of the failure, as 4002 for an exception; undefined when the answer has none. */
  readonly code: number | undefined;
  readonly requestId: string | undefined;
  /** Status of the answer. */
  readonly status: number;
}

/** The function was run, and failed; thrown by `invokeFunction`. */
export class FunctionError extends SafeError implements FunctionErrorFields {
  override readonly name = "FunctionError";
  declare readonly errorType: string | undefined;
  declare readonly errorMessage: string;
  declare readonly stackTrace: string;
  declare readonly code: number | undefined;
  declare readonly requestId: string | undefined;
  declare readonly status: number;
  readonly #log: string;

  constructor(fields: FunctionErrorFields, log: string) {
    const { errorType, code, errorMessage } = fields;
    super(
      `invokeFunction: the function failed: ${errorType ?? code ?? "error"}: ${errorMessage}`,
      {},
      fields,
    );
    this.#log = log;
  }

  /** End of the run's log; empty when it was not asked for. It is not printed with the error. */
  get log(): string {
    return this.#log;
  }
}
