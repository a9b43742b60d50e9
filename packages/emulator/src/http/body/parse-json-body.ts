import { ServiceError } from "../../core/service-error.ts";

/** How deep objects and lists may lie within each other. */
const maxDepth = 64;
const decoder = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads a JSON body; undefined when there is none.
 * @throws ServiceError FSS.0400 when the content type is another, or the bytes are no UTF-8, no JSON or nested too deeply.
 */
export function parseJsonBody(
  bytes: Uint8Array,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): unknown {
  if (bytes.length === 0) return undefined;
  const encoding = String(headers["content-encoding"] ?? "identity").toLowerCase();
  if (encoding !== "identity")
    throw invalid(`The request body is compressed (${encoding.slice(0, 40)}); send it as it is.`);
  checkContentType(headers["content-type"]);
  const depth = nestingOf(bytes);
  if (depth > maxDepth) throw invalid(`The request body is nested more than ${maxDepth} levels deep.`);
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw invalid("The request body is not UTF-8.");
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const position = /position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
    throw invalid(
      `The request body is not JSON${position === undefined ? "" : ` (at character ${position})`}.`,
    );
  }
  if (text.includes("\\u") && hasLoneSurrogate(value)) {
    throw invalid("The request body holds an escape such as \\ud800 that is half of a character.");
  }
  return value;
}

/** Such texts cannot be written as UTF-8; JSON.stringify writes nothing but them as an escape of this form. */
function hasLoneSurrogate(value: unknown): boolean {
  return /(?<!\\)(\\\\)*\\ud[89a-f]/i.test(JSON.stringify(value));
}

function checkContentType(header: string | string[] | undefined): void {
  if (header === "application/json") return;
  const [type = "", ...parameters] = String(header ?? "application/json")
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const charset = parameters
    .find((parameter) => parameter.startsWith("charset="))
    ?.slice(8)
    .replaceAll('"', "");
  if (type !== "application/json" && !type.endsWith("+json")) {
    throw invalid(`The Content-Type must be application/json and is ${type.slice(0, 80) || "empty"}.`);
  }
  if (charset !== undefined && charset !== "utf-8" && charset !== "utf8") {
    throw invalid(`The charset of the Content-Type must be UTF-8 and is ${charset.slice(0, 40)}.`);
  }
}

/** The deepest nesting of brackets outside of texts, counted without recursion; stops soon after it is too much. */
function nestingOf(bytes: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < bytes.length && deepest <= maxDepth; at += 1) {
    const byte = bytes[at];
    if (byte === 0x22) at = endOfText(bytes, at);
    else if (byte === 0x5b || byte === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (byte === 0x5d || byte === 0x7d) depth -= 1;
  }
  return deepest;
}

/** Position of the quotation mark that ends the text starting here. A quotation mark after an odd number of backslashes does not. */
function endOfText(bytes: Uint8Array, start: number): number {
  for (let end = bytes.indexOf(0x22, start + 1); end >= 0; end = bytes.indexOf(0x22, end + 1)) {
    let backslashes = 0;
    while (bytes[end - 1 - backslashes] === 0x5c) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return bytes.length;
}

function invalid(what: string): ServiceError {
  return new ServiceError("FSS.0400", `Invalid parameter. ${what}`);
}
