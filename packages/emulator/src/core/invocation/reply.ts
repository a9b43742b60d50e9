import type { Reply } from "../../contract/handler.ts";
import type { InvocationOutcome } from "./contract.ts";

/** How a caller wants the answer. */
export interface ReplyWish {
  /** `v0` is the bare result, `v1` an envelope. */
  readonly version: "v0" | "v1";
  readonly withLog: boolean;
}

/** Bytes of the log's end that callers get (spec/provenance/discrepancies: 2,000 bytes in the header, 4 KB in the envelope). */
const headerTail = 2000;
const envelopeTail = 4096;

/** The answer to a synchronous call. */
export function replyOf(
  outcome: InvocationOutcome,
  { version, withLog }: ReplyWish,
): Reply<"invokeFunction"> {
  const { requestId, code, payload, log, billed, spec, memoryUsedMb } = outcome;
  const status = code === 0 ? 200 : 500;
  // JSON, as numbers are written alike in a text.
  const summary = `{"duration":${rounded(outcome.duration)},"billingDuration":${billed},"memorySize":${spec.memoryMb},"memoryUsed":${rounded(memoryUsedMb)}}`;
  const headers = {
    "X-Cff-Request-Id": requestId,
    "X-Cff-Invoke-Summary": summary,
    "X-CFF-Billing-Duration": String(billed),
    "X-Cff-Response-Version": version,
    "X-Func-Err-Code": String(code),
    "X-Is-Func-Err": String(code > 4000 && code < 10_000),
    ...(withLog && { "X-Cff-Function-Log": tail(log, headerTail).toString("base64") }),
  };
  if (version === "v1") {
    const body = {
      request_id: requestId,
      result: Buffer.from(payload).toString(),
      ...(withLog && { log: tail(log, envelopeTail).toString() }),
      status,
    };
    return { status, headers, body };
  }
  const json = status === 500 && isErrorObject(payload);
  return {
    status,
    headers,
    body: payload,
    contentType: json ? "application/json" : "text/plain; charset=utf-8",
  };
}

/** The last bytes of a text, beginning with a whole character. */
function tail(text: string, most: number): Buffer {
  const bytes = Buffer.from(text);
  if (bytes.length <= most) return bytes;
  let start = bytes.length - most;
  // Bytes of the form 10xxxxxx are the later ones of a character.
  while (((bytes[start] ?? 0) & 0xc0) === 0x80) start += 1;
  return bytes.subarray(start);
}

/** Whether it is the platform's error object; what a function gives in a form of its own is text, as its results are. */
function isErrorObject(payload: Uint8Array): boolean {
  try {
    const value: unknown = JSON.parse(Buffer.from(payload).toString());
    // What JSON holds besides objects has none of these properties, and null throws.
    const { errorMessage, errorType = "", stackTrace = [], ...own } = value as Record<string, unknown>;
    if (typeof errorMessage !== "string" || typeof errorType !== "string") return false;
    if (!Array.isArray(stackTrace) || !stackTrace.every((line) => typeof line === "string")) return false;
    return Object.keys(own).length === 0;
  } catch {
    return false;
  }
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;
