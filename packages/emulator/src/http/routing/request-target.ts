import { ServiceError } from "../../core/service-error.ts";

/** A request's address as it was received, and decoded. */
export interface RequestTarget {
  /** Path as received, percent-encoded or not. */
  readonly rawPath: string;
  /** The path's segments, decoded; a slash at the end adds none. */
  readonly segments: readonly string[];
  /** Names and values of the query, decoded, in the order received. */
  readonly query: readonly (readonly [name: string, value: string])[];
}

/** Nothing to decode, and nothing that may not be there: most addresses are like this. */
const isPlain = /^[!-$&-~]*$/;

/**
 * Reads the address of a request line.
 * @param anyQuery takes what cannot be decoded in the query as it came, and control characters: what is in it is up to the function behind a gateway
 * @throws ServiceError FSS.0400 when it is not UTF-8 in percent-encoding or holds control characters.
 */
export function readTarget(url: string, anyQuery = false): RequestTarget {
  // Node gives bytes beyond ASCII as Latin-1 characters; clients send UTF-8.
  const text = /[\u0080-\uffff]/.test(url) ? fromLatin1(url) : url;
  const local = text.replace(/^https?:\/\/[^/?#]*/i, "").replace(/#.*$/, "");
  const mark = local.indexOf("?");
  const rawPath = mark < 0 ? local : local.slice(0, mark);
  const written = rawPath.split("/").slice(1);
  const segments = isPlain.test(rawPath) ? written : written.map((segment) => decode(segment, "path"));
  if (segments.at(-1) === "") segments.pop();
  return {
    rawPath: rawPath || "/",
    segments,
    query: mark < 0 ? [] : readQuery(local.slice(mark + 1), anyQuery),
  };
}

function readQuery(text: string, any: boolean): (readonly [string, string])[] {
  const read = (written: string): string => (any ? decodeIfPossible(written) : decode(written, "query"));
  return text
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      const [name, value] = equals < 0 ? [pair, ""] : [pair.slice(0, equals), pair.slice(equals + 1)];
      return [read(name.replaceAll("+", " ")), read(value.replaceAll("+", " "))] as const;
    });
}

function decodeIfPossible(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function decode(text: string, place: string): string {
  let decoded: string;
  try {
    decoded = decodeURIComponent(text);
  } catch {
    throw new ServiceError(
      "FSS.0400",
      `Invalid parameter. The ${place} of the address is not UTF-8 in percent-encoding; write % as %25.`,
    );
  }
  if (hasControlCharacter(decoded)) {
    throw new ServiceError(
      "FSS.0400",
      `Invalid parameter. The ${place} of the address holds a control character.`,
    );
  }
  return decoded;
}

function hasControlCharacter(text: string): boolean {
  for (let at = 0; at < text.length; at += 1)
    if (text.charCodeAt(at) < 0x20 || text.charCodeAt(at) === 0x7f) return true;
  return false;
}

function fromLatin1(url: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(url, "latin1"));
  } catch {
    throw new ServiceError(
      "FSS.0400",
      "Invalid parameter. The address is not UTF-8; percent-encode what is not ASCII.",
    );
  }
}
