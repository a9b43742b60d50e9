import { hidesZip } from "../../zip/bare-zip.ts";
import { checkZip } from "../../zip/check-zip.ts";
import type { Limits } from "../limits.ts";
import { ServiceError } from "../service-error.ts";

/** Whether bytes start like a ZIP file, an empty one included, or have one behind something else; source text never does. */
export function looksLikeZip(bytes: Uint8Array): boolean {
  const [p, k, third, fourth] = bytes;
  const starts = p === 0x50 && k === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6));
  return starts || hidesZip(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

/**
 * Checks that a code package is a ZIP file that can be unpacked safely.
 * @throws ServiceError FSS.1011, with the cause in its details as the service gives it.
 */
export async function checkArchive(bytes: Uint8Array, limits: Limits): Promise<void> {
  await checkZip(bytes, {
    limits: { unpacked: limits.maxUnpacked },
    refuse: ({ message }) =>
      new ServiceError("FSS.1011", `zip: ${message}`, { error_msg: "Invalid function code." }),
  });
}
