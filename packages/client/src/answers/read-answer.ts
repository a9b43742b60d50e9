import type { Call } from "../request/call.ts";
import { parseJson } from "./parse-json.ts";
import { toError } from "./to-error.ts";

/** What a method resolves to, from the answer to its request; throws the error that the answer tells of. */
export async function readAnswer(call: Call, response: Response): Promise<unknown> {
  const { flags } = call.operation;
  // Middleware may have put another answer in place of the one that was read.
  const body = call.answer ?? (await response.text());
  const text = typeof body === "string" ? body : "";
  let value: unknown;
  if (flags.includes("i")) {
    // Loaded at the first run, as bundlers make it a file of its own.
    value = (await import("./read-invocation.ts")).readInvocation(
      response,
      text,
      call.header?.["X-CFF-Request-Version"] === "v0",
    );
  } else if (response.ok) {
    if (flags.includes("n")) return;
    value = flags.includes("y") ? body : parseJson(text);
    if (flags.includes("t"))
      Object.defineProperty(value ?? {}, "subjectToken", { value: response.headers.get("x-subject-token") });
  }
  if (value === undefined) throw toError(call, response, text);
  return value;
}
