import { ServiceError } from "../core/service-error.ts";
import type { OutgoingResponse } from "./outgoing-response.ts";

/** The answer to a refused request: what the service sends, or IAM for its two operations. */
export function errorResponse(
  error: ServiceError,
  requestId: string,
  tag: string | undefined,
): OutgoingResponse {
  const body = tag === "iam" ? iamBody(error) : serviceBody(error, requestId);
  return {
    status: error.status,
    headers: { "X-Request-Id": requestId },
    body: JSON.stringify(body),
    contentType: "application/json",
    errorCode: error.code,
  };
}

/**
 * An unexpected failure as callers see it: without anything of the inside.
 * @param remedy sentences about what the caller, on whose machine this runs, can do about it
 */
export function unexpectedFailure(remedy?: string): ServiceError {
  const wording = "Internal server error.";
  return new ServiceError("FSS.0500", remedy === undefined ? wording : `${wording} ${remedy}`);
}

function serviceBody(error: ServiceError, requestId: string): Record<string, unknown> {
  return {
    error_code: error.code,
    error_msg: error.message,
    ...(error.code.startsWith("APIGW.") && { request_id: requestId }),
    ...(error.details && { details: error.details }),
  };
}

const titles: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  408: "Request Timeout",
  413: "Payload Too Large",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

function iamBody(error: ServiceError): Record<string, unknown> {
  return { error: { code: error.status, message: error.message, title: titles[error.status] ?? "Error" } };
}
