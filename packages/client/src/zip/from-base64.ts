import { ValidationError } from "../errors/validation-error.ts";

/** Decodes `func_code.file` as the service returns it; throws a ValidationError for text that is not Base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  let binary: string;
  try {
    binary = atob(text);
  } catch (cause) {
    throw new ValidationError("code", "it is not Base64; pass func_code.file as it is, or bytes", { cause });
  }
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
