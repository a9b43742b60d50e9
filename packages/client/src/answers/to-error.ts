import { FunctionGraphError } from "../errors/function-graph-error.ts";
import { readErrorBody } from "./read-error-body.ts";

/** What an error is made of. */
export interface FailedAnswer {
  /** The operationId, or method and path of a raw call. */
  readonly operation: string;
  /** Method and path as they were sent. */
  readonly target: string;
  readonly response: Response;
  readonly text: string;
  readonly redact?: ((text: string) => string) | undefined;
}

/** Statuses of load and of trouble that passes, and the codes of others with which the catalogue says so. */
const passing = /^(408|429|50[0234]|FSS\.109[05])$/;

/** The error for an answer that tells of a failure, or that cannot be understood though it tells of a success. */
export function toError({ operation, target, response, text: raw, redact = (same) => same }: FailedAnswer): FunctionGraphError {
  const { status, ok, headers } = response;
  const text = redact(raw);
  const { code, message, requestId } = ok ? {} : readErrorBody(text);
  return new FunctionGraphError(
    `${target}: ${status}${code ? ` ${code}` : ""} ${message ?? whatIs(text, status)}`,
    {
      status,
      code,
      requestId: requestId ?? headers.get("x-request-id") ?? undefined,
      operation,
      retryable: passing.test(String(status)) || passing.test(code ?? ""),
    },
    { response, text },
  );
}

/** Says what a body is that is not the JSON it should be, and nothing of what is in it. */
function whatIs(text: string, status: number): string {
  const kind = !text.trim()
    ? "an empty body"
    : /^\s*</.test(text)
      ? "HTML"
      : /^\s*[[{]/.test(text)
        ? "JSON that is cut short or malformed"
        : "text that is not JSON";
  return `${status > 299 && status < 400 ? "a redirection, which is not followed, with " : ""}${kind} in place of JSON`;
}
