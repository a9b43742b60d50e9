import { mostResultBytes } from "../channel/channel-worker.ts";
import { failureObject } from "../supervisor/failure-object.ts";
import type { GoReply } from "./go-rpc-client.ts";

/** A code of the runtime's table, and what the caller gets. */
export interface GoOutcome {
  readonly code: number;
  readonly payload: Uint8Array;
}

/** Codes by the error object's `errorType`; errors that the function returned and panics are exceptions like any others. */
const codes: Readonly<Record<string, number>> = { FunctionResponseTooLarge: 4004 };

/** How a call ended, by the reply to `Function.Invoke`. */
export function outcomeOf(reply: GoReply): GoOutcome {
  if ("error" in reply) return ofError(reply.error);
  // A reply that lacks the fields, which are zero then.
  const { StatusCode = 0, Payload = new Uint8Array() } = reply.value as {
    readonly StatusCode?: unknown;
    readonly Payload?: unknown;
  };
  if (StatusCode !== 200)
    // The service's library tells a panic of an asynchronous call by an error without a text, which net/rpc takes for none.
    return failed(
      4002,
      "the function has panicked, or answered without a status; its log may say more",
      "panic",
    );
  if (!(Payload instanceof Uint8Array))
    return failed(4007, "function result is invalid, error: it is no []byte");
  if (Payload.length > mostResultBytes)
    return failed(
      4004,
      `response body size ${Payload.length} exceeds the limit of ${mostResultBytes}`,
      "FunctionResponseTooLarge",
    );
  return { code: 0, payload: Payload };
}

function ofError(text: string): GoOutcome {
  if (text === "bad request parameters") return failed(4001, `function entry exception, error: ${text}`);
  // Texts of Go's own library, for a program that has no service of this name, or other types.
  if (/^(?:rpc|gob): /.test(text)) return failed(4001, `function entry exception, error: ${text}`);
  const type = errorTypeOf(text);
  if (type === undefined) return failed(4002, `function invocation exception, error: ${text}`, "Error");
  return { code: codes[type] ?? 4002, payload: Buffer.from(text) };
}

/** `errorType` of an error object, empty where it has none; `undefined` for a text that is no object. */
function errorTypeOf(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return undefined;
    return "errorType" in value && typeof value.errorType === "string" ? value.errorType : "";
  } catch {
    return undefined;
  }
}

function failed(code: number, message: string, type?: string): GoOutcome {
  return { code, payload: failureObject(message, type) };
}
