import type { ErrorCode } from "../generated/types/index.js";
import { SafeError } from "./safe-error.ts";

/** What a FunctionGraphError tells. */
export interface FunctionGraphErrorFields {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** Code of the service, of its gateway or of IAM; undefined when the answer has none. */
  readonly code: ErrorCode | (string & {}) | undefined;
  readonly requestId: string | undefined;
  /** The operationId, or method and path of a raw call. */
  readonly operation: string;
  /** True when the same request can succeed later without a change. */
  readonly retryable: boolean;
}

/** What belongs to the error and is not printed with it. */
interface Answer {
  readonly response?: Response | undefined;
  readonly text?: string | undefined;
}

/** The service refused a request or failed at it, its answer cannot be understood, or none came. */
export class FunctionGraphError extends SafeError implements FunctionGraphErrorFields {
  override readonly name = "FunctionGraphError";
  declare readonly status: number;
  declare readonly code: ErrorCode | (string & {}) | undefined;
  declare readonly requestId: string | undefined;
  declare readonly operation: string;
  declare readonly retryable: boolean;
  readonly #answer: Answer;

  constructor(
    message: string,
    fields: FunctionGraphErrorFields,
    answer: Answer = {},
    options?: ErrorOptions,
  ) {
    super(message, options, fields);
    this.#answer = answer;
  }

  /** The answer, whose body has been read; undefined when none came. */
  get response(): Response | undefined {
    return this.#answer.response;
  }

  /** The answer's body as it came, be it HTML, cut short or empty; the secrets of the request are blotted out. */
  get text(): string | undefined {
    return this.#answer.text;
  }

  /** What the error catalogue advises for this code, loaded when it is asked for; undefined for a code that it does not know. */
  async remedy(): Promise<string | undefined> {
    const { remedies } = await import("../generated/remedies.ts");
    return this.code && remedies[this.code];
  }
}
