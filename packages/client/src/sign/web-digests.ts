import type { Digests } from "./digests.ts";

const algorithm = { name: "HMAC", hash: "SHA-256" };

/** The digests of Web Crypto, which browsers, workers and every other runtime of today have. */
export function webDigests(subtle: SubtleCrypto): Digests {
  return {
    sha256: async (data) =>
      hex(await subtle.digest("SHA-256", typeof data === "string" ? utf8(data) : owned(data))),
    hmacSha256: async (key, text) =>
      hex(
        await subtle.sign(
          "HMAC",
          await subtle.importKey("raw", utf8(key), algorithm, false, ["sign"]),
          utf8(text),
        ),
      ),
  };
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** Web Crypto refuses shared memory, so that is copied first. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  // `as`: TypeScript does not narrow the view's type by the class of its buffer.
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
}

function hex(digest: ArrayBuffer): string {
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
