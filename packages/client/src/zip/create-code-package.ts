import { packageLimit } from "./limits.ts";
import type { PackageFiles } from "./package-files.ts";
import { toBase64 } from "./to-base64.ts";
import { type ZipOptions, zip } from "./zip.ts";

/** A code package in both the forms that the service takes. */
export interface CodePackage {
  /** The ZIP file, to be uploaded to OBS. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The ZIP file in Base64, for `func_code.file` with `code_type` `zip`. */
  readonly base64: string;
}

/**
 * Packs files into a code package. Rejects with a ValidationError for a path that leads out of it, and as soon as it is over the limit:
 * 50 MB unless another is given.
 */
export async function createCodePackage(files: PackageFiles, options: ZipOptions = {}): Promise<CodePackage> {
  const { limit = packageLimit } = options;
  const bytes = await zip(files, { ...options, limit });
  return { bytes, base64: toBase64(bytes, { limit }) };
}
