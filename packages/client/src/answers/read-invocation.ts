import { FunctionError } from "../errors/function-error.ts";
import type { InvocationResult } from "../methods/invocation-result.ts";
import { fieldsOf } from "./fields-of.ts";
import { parseJson } from "./parse-json.ts";

/**
 * What a run returned, from an answer in the form v0 (text) or v1 (an envelope); throws a FunctionError when the function failed, and
 * gives undefined for an answer that is not a run's but the service's own.
 */
export function readInvocation({ ok, status, headers }: Response, body: string, isV0: boolean): InvocationResult | undefined {
  const fields = fieldsOf(body);
  const envelope = isV0 || typeof fields["request_id"] !== "string" ? {} : fields;
  const text = typeof envelope["result"] === "string" ? envelope["result"] : body;
  const log = typeof envelope["log"] === "string" && envelope["log"] ? envelope["log"] : decode(headers.get("x-cff-function-log"));
  const requestId = headers.get("x-cff-request-id") ?? String(envelope["request_id"] ?? headers.get("x-request-id") ?? "");

  const code = Number(headers.get("x-func-err-code"));
  const { errorType, errorMessage, stackTrace } = fieldsOf(text);
  const failed = code || headers.get("x-is-func-err") === "true" || Number(envelope["status"]) > 299;
  if (fields["error_code"] === undefined && (failed || (!ok && errorMessage !== undefined))) {
    const parsed = parseJson(text);
    throw new FunctionError(
      {
        status,
        code: code || undefined,
        requestId: requestId || undefined,
        errorType: errorType === undefined ? undefined : String(errorType),
        errorMessage: String(errorMessage ?? (typeof parsed === "string" ? parsed : text)),
        stackTrace: [stackTrace ?? []].flat().join("\n"),
      },
      log,
    );
  }
  if (!ok) return undefined;
  const parsed = parseJson(text);
  const summary = headers.get("x-cff-invoke-summary");
  const billed = headers.get("x-cff-billing-duration");
  return {
    result: parsed === undefined ? text : parsed,
    text,
    log,
    requestId: requestId || undefined,
    summary: summary ? fieldsOf(summary) : undefined,
    billingDuration: billed ? Number(billed) : undefined,
  };
}

/** Text from UTF-8 in Base64; nothing from what is neither. */
function decode(base64: string | null): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(base64 ?? ""), (character) => character.charCodeAt(0)));
  } catch {
    return "";
  }
}
