import { FunctionError } from "../errors/function-error.ts";
import type { InvocationResult } from "../methods/invocation-result.ts";
import { fieldsOf } from "./fields-of.ts";
import { parseJson } from "./parse-json.ts";
import { textOf } from "./text-of.ts";

/**
 * What a run returned, from an answer in the form v0 (text) or v1 (an envelope); throws a FunctionError when the function failed, and
 * gives undefined for an answer that is not a run's but the service's own.
 */
export function readInvocation(
  { ok, status, headers }: Response,
  body: string,
  isV0: boolean,
): InvocationResult | undefined {
  const header = (name: string): string => headers.get(`x-${name}`) ?? "";
  const fields = fieldsOf(body);
  // `as`: the description has these types, and what is missing is replaced.
  const envelope = (!isV0 && fields.request_id ? fields : {}) as {
    result?: string;
    log?: string;
    request_id?: string;
    status?: number;
  };
  const { result: text = body, log = "", status: outcome = 0 } = envelope;
  const run = {
    log: log || decode(header("cff-function-log")),
    requestId: header("cff-request-id") || envelope.request_id || header("request-id") || undefined,
  };

  const code = Number(header("func-err-code")) || undefined;
  const { errorType, errorMessage, stackTrace = [] } = fieldsOf(text);
  const hasFailed = code || header("is-func-err") === "true" || outcome > 299 || (!ok && errorMessage);
  if (hasFailed && !fields.error_code) {
    throw new FunctionError(
      {
        status,
        code,
        requestId: run.requestId,
        errorType: textOf(errorType),
        errorMessage: textOf(errorMessage ?? jsonOrText(text)) ?? "",
        stackTrace: [stackTrace].flat().join("\n"),
      },
      run.log,
    );
  }
  if (!ok) return undefined;
  const summary = header("cff-invoke-summary");
  const billed = header("cff-billing-duration");
  return {
    result: jsonOrText(text),
    text,
    ...run,
    summary: summary ? fieldsOf(summary) : undefined,
    billingDuration: billed ? Number(billed) : undefined,
  };
}

function jsonOrText(text: string): unknown {
  const value = parseJson(text);
  return value === undefined ? text : value;
}

/** Text from UTF-8 in Base64; nothing from what is neither. */
function decode(base64: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
  } catch {
    return "";
  }
}
