import { createHash, webcrypto } from "node:crypto";

/** From this size on, bytes are digested on another thread: below, the way there takes longer. */
const large = 256 * 1024;

/** SHA-512 in lower-case hexadecimal digits. */
export async function sha512(bytes: Uint8Array): Promise<string> {
  if (bytes.byteLength < large) return createHash("sha512").update(bytes).digest("hex");
  return Buffer.from(await webcrypto.subtle.digest("SHA-512", bytes)).toString("hex");
}
