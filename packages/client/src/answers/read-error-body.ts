import { fieldsOf } from "./fields-of.ts";

/** What the body of a failed answer says. */
export interface ErrorBody {
  readonly code: string | undefined;
  readonly message: string | undefined;
  readonly requestId: string | undefined;
}

/** Understands the forms of the service and its gateway (`error_code`), of IAM (`error`) and of the engine (`code`). */
export function readErrorBody(text: string): ErrorBody {
  const { error_code, error_msg, request_id, error, ...body } = fieldsOf(text);
  const { code, message } = typeof error === "object" ? { ...body, ...error } : body;
  return { code: textOf(error_code ?? code), message: textOf(error_msg ?? message), requestId: textOf(request_id) };
}

function textOf(value: unknown): string | undefined {
  return value == null || typeof value === "string" ? (value ?? undefined) : JSON.stringify(value);
}
