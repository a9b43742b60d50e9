import { createHash, createHmac } from "node:crypto";

/** The parts of an Authorization header of the algorithm SDK-HMAC-SHA256. */
export interface SdkAuthorization {
  readonly accessKey: string;
  /** In lower case, in the order given. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** What of a request goes into its signature. */
export interface SignedParts {
  readonly method: string;
  /** The path decoded as a whole. */
  readonly path: string;
  /** Decoded names and values. */
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly signedHeaders: readonly string[];
  /** SHA-256 of the body in lower-case hexadecimal digits, or what X-Sdk-Content-Sha256 says. */
  readonly payloadHash: string;
}

/** Reads an Authorization header; undefined when it is of another algorithm or incomplete. */
export function parseAuthorization(header: string): SdkAuthorization | undefined {
  const [, list] = /^SDK-HMAC-SHA256\s+(.+)$/s.exec(header.trim()) ?? [];
  if (list === undefined) return undefined;
  const parts = new Map(
    list.split(",").map((part): [string, string] => {
      const equals = part.indexOf("=");
      return [part.slice(0, equals).trim(), part.slice(equals + 1).trim()];
    }),
  );
  const accessKey = parts.get("Access");
  const signedHeaders = parts.get("SignedHeaders");
  const signature = parts.get("Signature");
  if (!accessKey || !signedHeaders || !signature) return undefined;
  return {
    accessKey,
    signedHeaders: signedHeaders.toLowerCase().split(";"),
    signature: signature.toLowerCase(),
  };
}

/** One spelling for all the ways in which a request can be written, as the gateway makes it. */
export function canonicalRequest(parts: SignedParts): string {
  const headers = parts.signedHeaders.map((name) => `${name}:${headerValue(parts.headers[name])}\n`).join("");
  const { method, path, query, signedHeaders, payloadHash } = parts;
  return [
    method,
    canonicalPath(path),
    canonicalQuery(query),
    headers,
    signedHeaders.join(";"),
    payloadHash,
  ].join("\n");
}

/** The signature of a canonical request. @param date value of X-Sdk-Date. */
export function signatureOf(canonical: string, date: string, secretKey: string): string {
  const text = `SDK-HMAC-SHA256\n${date}\n${createHash("sha256").update(canonical).digest("hex")}`;
  return createHmac("sha256", secretKey).update(text).digest("hex");
}

/** Reads `yyyyMMdd'T'HHmmss'Z'`; undefined for anything else. */
export function parseSdkDate(text: string): Date | undefined {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** The path decoded and encoded anew, so that `:` and `%3A` are signed alike; a slash ends every path. */
function canonicalPath(path: string): string {
  const encoded = path.split("/").map(encode).join("/");
  return encoded.endsWith("/") ? encoded : `${encoded}/`;
}

function canonicalQuery(query: readonly (readonly [string, string])[]): string {
  return [...query]
    .sort(([a, aValue], [b, bValue]) => compare(a, b) || compare(aValue, bValue))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join("&");
}

function headerValue(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value.join(",") : (value ?? "")).trim();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Percent-encodes all but RFC 3986's unreserved characters; encodeURIComponent leaves five more as they are. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
