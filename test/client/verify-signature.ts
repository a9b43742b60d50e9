import { createHash, createHmac } from "node:crypto";
import type { Recorded } from "./recording-server.ts";

/**
 * Whether a request carries a valid SDK-HMAC-SHA256 signature, computed as the gateway does from what arrived; written for this test, so
 * that no signer is held against itself.
 */
export function hasValidSignature(
  { method, path, query, headers, body }: Recorded,
  secretKey: string,
): boolean {
  const [, names = "", given] =
    /^SDK-HMAC-SHA256 Access=[^,]+, SignedHeaders=([^,]+), Signature=(\w+)$/.exec(
      headers.authorization ?? "",
    ) ?? [];
  const segments = path.split("/").map((segment) => encode(decodeURIComponent(segment)));
  const canonicalQuery = [...new URLSearchParams(query)]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join("&");
  const canonicalHeaders = names.split(";").map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const canonical = [
    method,
    `${segments.join("/")}/`,
    canonicalQuery,
    canonicalHeaders.join(""),
    names,
    createHash("sha256").update(body).digest("hex"),
  ].join("\n");
  const text = `SDK-HMAC-SHA256\n${headers["x-sdk-date"]}\n${createHash("sha256").update(canonical).digest("hex")}`;
  return given === createHmac("sha256", secretKey).update(text).digest("hex");
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
