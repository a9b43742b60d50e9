import { fromBase64 } from "./from-base64.ts";
import type { UnpackedFiles } from "./package-files.ts";
import { type UnzipOptions, unzip } from "./unzip.ts";

/**
 * Unpacks a code package from the Base64 of `func_code.file` or from the bytes of its ZIP file; rejects with a ValidationError as `unzip`
 * does, and for text that is not Base64.
 */
export async function readCodePackage(
  code: string | Uint8Array,
  options?: UnzipOptions,
): Promise<UnpackedFiles> {
  return unzip(typeof code === "string" ? fromBase64(code) : code, options);
}
