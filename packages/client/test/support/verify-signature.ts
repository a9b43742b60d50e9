import { createHash, createHmac } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** A request as it came out of the socket. */
export interface RawRequest {
  readonly method: string;
  /** Path and query, as they were sent. */
  readonly target: string;
  /** Of the sender; the same for requests over one connection. */
  readonly port?: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/**
 * Says what is wrong with the signature of a request, or nothing. It is written from the documented rule alone and shares no line with the
 * code that signs: what both agree on is what the service will agree on.
 */
export function verifySignature(
  request: RawRequest,
  accessKey: string,
  secretKey: string,
): string | undefined {
  const match = /^SDK-HMAC-SHA256 Access=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
    request.headers.authorization ?? "",
  );
  if (!match) return "there is no signature";
  const [, access, names = "", signature] = match;
  if (access !== accessKey) return "the access key is unknown";
  const signed = names.split(";");
  for (const name of ["host", "x-sdk-date"]) if (!signed.includes(name)) return `${name} is not signed`;
  const unsigned = Object.keys(request.headers).filter(
    (name) => name.startsWith("x-") && !signed.includes(name),
  );
  if (unsigned.length > 0) return `${unsigned.join(" and ")} could be changed on the way`;

  const canonical = canonicalText(request, signed);
  const date = String(request.headers["x-sdk-date"]);
  const want = createHmac("sha256", secretKey)
    .update(["SDK-HMAC-SHA256", date, sha256(canonical)].join("\n"))
    .digest("hex");
  return signature === want
    ? undefined
    : `verify aksk signature fail, canonicalRequest:${canonical.replaceAll("\n", "|")}`;
}

/** What is signed: method, path, query, headers, their names, and the hash of the body, a line each. */
function canonicalText({ method, target, headers, body }: RawRequest, signed: readonly string[]): string {
  const [path = "", query = ""] = target.split("?");
  const segments = path.split("/").map((segment) => encode(decodeURIComponent(segment)));
  if (segments.at(-1) !== "") segments.push("");
  const pairs = query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) =>
      pair
        .split("=")
        .map((part) => encode(decodeURIComponent(part)))
        .join("="),
    );
  const lines = signed.map((name) => `${name}:${String(headers[name] ?? "").trim()}\n`);
  return [
    method,
    segments.join("/"),
    pairs.sort().join("&"),
    lines.join(""),
    signed.join(";"),
    sha256(body),
  ].join("\n");
}

/** Everything but RFC 3986's unreserved characters, byte by byte. */
function encode(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9._~-]/.test(character)
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    })
    .join("");
}

function sha256(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}
