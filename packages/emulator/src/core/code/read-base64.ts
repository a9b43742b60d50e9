import type { ErrorCode } from "@functiongraph/types/errors";
import { ServiceError } from "../service-error.ts";

/** What a text in Base64 may be. */
export interface Base64Rule {
  /** Name of the field, for messages. */
  readonly field: string;
  /** Most bytes, decoded. */
  readonly most: number;
  /** Code when there are more. */
  readonly tooLarge: ErrorCode;
}

/**
 * Decodes a text in Base64. Line breaks in it are overlooked, as tools put them there.
 * @throws ServiceError FSS.1011 when it is no Base64, or the code of the rule when it is too large.
 */
export function readBase64(text: string, rule: Base64Rule): Uint8Array {
  const plain = /[\r\n]/.test(text) ? text.replaceAll(/[\r\n]/g, "") : text;
  const size = Math.floor((plain.replace(/=+$/, "").length * 3) / 4);
  if (size > rule.most) throw tooLarge(rule.tooLarge, rule.field, rule.most, size);
  if (plain.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(plain)) {
    throw new ServiceError("FSS.1011", `Invalid function code. ${rule.field} must be Base64 and is not.`);
  }
  return Buffer.from(plain, "base64");
}

/** The refusal of a file that is too large. */
export function tooLarge(code: ErrorCode, field: string, most: number, size: number): ServiceError {
  const wire = code === "FSS.1072" ? "inline code" : "code package to be uploaded";
  return new ServiceError(
    code,
    `The size of the ${wire} exceeds the maximum allowed limit. ${field} must have at most ${most} bytes and has ${size}.`,
  );
}
