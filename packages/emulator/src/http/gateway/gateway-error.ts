import { ServiceError } from "../../core/service-error.ts";
import type { OutgoingResponse } from "../outgoing-response.ts";

/** A refusal of the gateway, in its own form: the codes are those of API Gateway, which our error catalogue does not have. */
export class GatewayError extends Error {
  override readonly name = "GatewayError";
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** What callers of an API see of an error: `{"error_msg", "error_code", "request_id"}`. */
export function gatewayErrorResponse(
  error: GatewayError | ServiceError,
  requestId: string,
): OutgoingResponse {
  return {
    status: error.status,
    headers: {},
    body: JSON.stringify({ error_msg: error.message, error_code: error.code, request_id: requestId }),
    contentType: "application/json",
    ...(error instanceof ServiceError && { errorCode: error.code }),
  };
}

/** A refusal that came before the gateway was asked, in its form. @param plain the answer without a gateway, which all other failures keep */
export function refusedByGateway(
  error: unknown,
  plain: OutgoingResponse,
  requestId: string,
): OutgoingResponse {
  if (!(error instanceof ServiceError)) return plain;
  // API Gateway has one code for all requests that it cannot read.
  if (error.code !== "FSS.0400") return gatewayErrorResponse(error, requestId);
  const message = error.message.replace(/^Invalid parameter\./, "API request error.");
  return gatewayErrorResponse(new GatewayError(400, "APIG.0201", message), requestId);
}
