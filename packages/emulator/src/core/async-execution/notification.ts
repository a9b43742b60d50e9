import type { AsyncDestinationPayload } from "@functiongraph/types";
import { mostEventBytes } from "../functions/check-invocation.ts";
import { codes, firstServiceCode } from "./judge-attempt.ts";

/** How a request ended, and what a notification says about it. */
export interface Ending {
  readonly status: "SUCCESS" | "FAIL" | "DISCARD";
  /** 0 after success. */
  readonly code: number;
  readonly message: string;
  /** Result or error object; absent when the function did not run or did not get that far. */
  readonly payload?: Uint8Array;
  /** When the last attempt started, or when the request ended if there was none. */
  readonly startedAt: Date;
  /** With the last one. */
  readonly attempts: number;
}

/** A result that is larger is replaced by nothing. */
const mostResultBytes = mostEventBytes.asynchronous;

/** Builds what targets are told about a request that has ended. @param urn with the version. */
export function notification(
  requestId: string,
  urn: string,
  event: Uint8Array,
  ending: Ending,
): AsyncDestinationPayload {
  return {
    // Milliseconds are all that there is; zeros would feign more.
    timestamp: ending.startedAt.toISOString().replace("Z", "+00:00"),
    request_context: {
      request_id: requestId,
      function_urn: urn,
      condition: conditionOf(ending),
      // A single attempt is told as 0 by the service, and more than 1 means that there were retries.
      approximate_invoke_count: ending.attempts > 1 ? ending.attempts : 0,
    },
    request_payload: new TextDecoder().decode(event),
    response_context: { status_code: ending.status === "SUCCESS" ? 200 : 500, function_error: "" },
    response_payload: responseOf(ending),
  };
}

function conditionOf({ status, code }: Ending): string {
  if (status === "SUCCESS") return "";
  if (status === "DISCARD") return "EventAgeExceeded";
  if (code === codes.cancelled) return "InvocationCanceled";
  return code < firstServiceCode ? "UnhandledInvocationError" : "SystemError";
}

function responseOf(ending: Ending): string {
  const { status, payload, message } = ending;
  if (payload) return payload.byteLength > mostResultBytes ? "" : new TextDecoder().decode(payload);
  return status === "SUCCESS"
    ? ""
    : JSON.stringify({ errorMessage: message, errorType: conditionOf(ending) }, null, 2);
}
