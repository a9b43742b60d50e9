import type { Call } from "../request/call.ts";
import { parseJson } from "./parse-json.ts";
import { readInvocation } from "./read-invocation.ts";
import { toError } from "./to-error.ts";

/** What a method resolves to, from the answer to its request; throws the error that the answer tells of. */
export async function readAnswer({ operation, answer, target = "", redact }: Call, response: Response, isV0: boolean): Promise<unknown> {
  const { id, flags } = operation;
  // Middleware may have put another answer in place of the one that was read.
  const body = answer ?? (await response.text());
  const text = typeof body === "string" ? body : "";
  if (flags.includes("i")) {
    const invocation = readInvocation(response, text, isV0);
    if (invocation) return invocation;
  } else if (response.ok) {
    if (flags.includes("n")) return undefined;
    if (flags.includes("y")) return typeof body === "string" ? new TextEncoder().encode(body) : body;
    const value = parseJson(text);
    if (flags.includes("t")) Object.defineProperty(value ?? {}, "subjectToken", { value: response.headers.get("x-subject-token") });
    if (value !== undefined) return value;
  }
  throw toError({ operation: id, target, response, text, redact });
}
