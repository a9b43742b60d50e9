import { ServiceError } from "../../core/service-error.ts";
import { isEventData } from "../../core/triggers/event-fields.ts";
import type { Json } from "../../store/store.ts";
import type { OutgoingResponse } from "../outgoing-response.ts";
import { responseHeaders } from "./response-headers.ts";

const form = '{"statusCode":200,"isBase64Encoded":false,"headers":{},"body":""}';
/** Characters of a wrong result that its refusal shows. */
const shown = 2000;

/**
 * Makes the HTTP answer that the result of a function describes.
 * @throws ServiceError FSS.1206, worded as the service does, when it describes none.
 */
export function readResult(payload: Uint8Array): OutgoingResponse {
  const text = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString("utf8");
  const result = parse(text);
  const { statusCode = null, headers = null, body = null, isBase64Encoded = null } = result ?? {};
  if (
    !result ||
    !isIntegerOrNull(statusCode) ||
    (headers !== null && !isEventData(headers)) ||
    (body !== null && typeof body !== "string") ||
    (isBase64Encoded !== null && typeof isBase64Encoded !== "boolean")
  ) {
    const raw = text.length > shown ? `${text.slice(0, shown)}...` : text;
    throw wrong(`invalid type of APIG trigger invocation result:[${raw}], type format must be: ${form}`);
  }
  if (statusCode === null || statusCode === 0) throw new ServiceError("FSS.1206", statusMissing);
  if (statusCode < 200 || statusCode > 599)
    throw wrong(
      `'statusCode' of APIG trigger invocation result must be from 200 to 599 and is ${statusCode}`,
    );
  const answer = { status: statusCode, headers: responseHeaders(headers ?? {}) };
  // Such answers have no body, whatever the function says.
  if (statusCode === 204 || statusCode === 304) return answer;
  // Bytes: a text would be sent in one piece with the headers, whose letters are other ones on the wire.
  return { ...answer, body: isBase64Encoded ? decode(body ?? "") : Buffer.from(body ?? "") };
}

const statusMissing = "'statusCode' of APIG trigger invocation result not specified, statusCode can not be 0";

function parse(text: string): { readonly [field: string]: Json | undefined } | undefined {
  try {
    const value: Json = JSON.parse(text);
    return isEventData(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isIntegerOrNull(value: Json): value is number | null {
  return value === null || (typeof value === "number" && Number.isInteger(value));
}

function decode(body: string): Uint8Array {
  const plain = body.replaceAll(/[\r\n]/g, "");
  if (plain.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(plain))
    throw wrong("'body' of APIG trigger invocation result is not Base64, although isBase64Encoded is true");
  return Buffer.from(plain, "base64");
}

function wrong(what: string): ServiceError {
  return new ServiceError("FSS.1206", what);
}
