import { FunctionGraphError } from "../errors/function-graph-error.ts";
import type { Call } from "../request/call.ts";
import { readErrorBody } from "./read-error-body.ts";

/** Statuses of load and of trouble that passes, and the codes of others with which the catalogue says so. */
const passing = /^(408|429|50[0234])| FSS\.109[05]$/;

/** The error for an answer that tells of a failure, or that cannot be understood though it tells of a success. */
export function toError(
  { operation, target, redact }: Call,
  response: Response,
  raw: string,
): FunctionGraphError {
  const { status, ok, headers } = response;
  const text = redact?.(raw) ?? raw;
  const { code, message, requestId } = readErrorBody(ok ? "" : text);
  return new FunctionGraphError(
    `${target}: ${status || "a redirection,"} ${code ? `${code} ` : ""}${message ?? `${kindOf(text)} in place of JSON`}`,
    {
      status,
      code,
      requestId: requestId ?? headers.get("x-request-id") ?? undefined,
      operation: operation.id,
      retryable: passing.test(`${status} ${code}`),
    },
    { response, text },
  );
}

/** Says what a body is that is not the JSON it should be, and nothing of what is in it. */
function kindOf(text: string): string {
  const [start] = text.trim();
  return !start
    ? "an empty body"
    : start === "<"
      ? "HTML"
      : /[[{]/.test(start)
        ? "malformed or truncated JSON"
        : "plain text";
}
