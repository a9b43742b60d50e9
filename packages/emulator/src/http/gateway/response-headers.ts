import { ServiceError } from "../../core/service-error.ts";
import { describe } from "../../core/triggers/event-fields.ts";
import type { Json } from "../../store/store.ts";

/** Headers that concern one connection only, and the length, which follows from the body. */
export const hopByHop: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/**
 * The headers of a function's result as they are sent. Values in an array stay apart; what concerns the connection is left out.
 * @throws ServiceError FSS.1206 for what HTTP cannot carry.
 */
export function responseHeaders(
  headers: Readonly<Record<string, Json | undefined>>,
): Readonly<Record<string, string | readonly string[]>> {
  const sent = new Map<string, { readonly name: string; readonly values: readonly string[] }>();
  for (const [name, value] of Object.entries(headers)) {
    const key = name.toLowerCase();
    if (hopByHop.has(key) || value === undefined || value === null) continue;
    if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name))
      throw wrong(name, "has a name that HTTP does not allow");
    const values = (Array.isArray(value) ? value : [value]).map((each: Json) => textOf(name, each));
    // Two spellings of a name are one header; cookies are the ones of which there may be several.
    const before = key === "set-cookie" ? (sent.get(key)?.values ?? []) : [];
    if (values.length > 0) sent.set(key, { name, values: [...before, ...values] });
  }
  return Object.fromEntries(
    [...sent.values()].map(({ name, values: [first = "", ...more] }) => [
      name,
      more.length > 0 ? [first, ...more] : first,
    ]),
  );
}

function textOf(name: string, value: Json): string {
  if (typeof value === "object")
    throw wrong(name, `must be a text or a list of texts and is ${describe(value)}`);
  // HTTP carries bytes, which Node writes one for each character.
  const text = Buffer.from(String(value), "utf8").toString("latin1");
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if ((code < 0x20 && code !== 0x09) || code === 0x7f)
      throw wrong(name, "has a line break or another control character");
  }
  return text;
}

function wrong(name: string, problem: string): ServiceError {
  return new ServiceError(
    "FSS.1206",
    `'headers' of APIG trigger invocation result: ${JSON.stringify(name.slice(0, 80))} ${problem}`,
  );
}
