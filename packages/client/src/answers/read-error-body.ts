import { fieldsOf } from "./fields-of.ts";
import { textOf } from "./text-of.ts";

/** What the body of a failed answer says. */
export interface ErrorBody {
  readonly code: string | undefined;
  readonly message: string | undefined;
  readonly requestId: string | undefined;
}

/** Understands the forms of the service and its gateway (`error_code`), of IAM (`error`) and of the engine (`code`). */
export function readErrorBody(text: unknown): ErrorBody {
  const { error_code, error_msg, request_id, error, ...body } = fieldsOf(text);
  const { code, message } = { ...body, ...(error as object | undefined) }; // `as`: spreading anything else adds nothing of these names.
  return {
    code: textOf(error_code ?? code),
    message: textOf(error_msg ?? message),
    requestId: textOf(request_id),
  };
}
