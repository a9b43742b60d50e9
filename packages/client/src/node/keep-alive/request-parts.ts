import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";

/** What node:http needs of a request. */
export interface RequestParts {
  readonly url: URL;
  readonly method: string;
  /** By name in lower case. */
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array | Readable | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Takes the arguments of fetch apart. */
export function requestParts(input: string | URL | Request, init: RequestInit = {}): RequestParts {
  const request = typeof input === "string" || input instanceof URL ? undefined : input;
  const url = new URL(request?.url ?? String(input));
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new TypeError(`${url.href}: only http: and https: addresses are fetched`);
  const method = (init.method ?? request?.method ?? "GET").toUpperCase();
  const headers = plainHeaders(init.headers ?? request?.headers);
  const body = sendable(init.body === undefined ? request?.body : init.body, headers);
  // node:http would send a DELETE's body without its length, and so make it part of the next request.
  if (body !== undefined && !(body instanceof Readable))
    headers["content-length"] = String(Buffer.byteLength(body));
  return { url, method, headers, body, signal: init.signal ?? request?.signal ?? undefined };
}

function plainHeaders(headers: RequestInit["headers"] | Headers): Record<string, string> {
  const plain: Record<string, string> = {};
  if (!headers) return plain;
  // Headers and lists of pairs iterate; a record does not.
  const pairs = Symbol.iterator in headers ? headers : Object.entries(headers);
  for (const [name = "", value = ""] of pairs) {
    const key = name.toLowerCase();
    plain[key] = plain[key] === undefined ? value : `${plain[key]}, ${value}`;
  }
  return plain;
}

function sendable(body: unknown, headers: Record<string, string>): RequestParts["body"] {
  if (body === undefined || body === null) return undefined;
  if (typeof body === "string") {
    headers["content-type"] ??= "text/plain;charset=UTF-8";
    return body;
  }
  if (body instanceof Uint8Array) return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  // What is left (streams, Blob, FormData, URLSearchParams) the platform turns into a stream and a content type.
  // `as`: whatever else a caller without types may pass becomes text there, as in fetch itself.
  const { body: stream, headers: own } = new Response(body as BodyInit);
  const type = own.get("content-type");
  if (type) headers["content-type"] ??= type;
  if (headers["content-length"] === undefined) headers["transfer-encoding"] = "chunked";
  // `as`: the stream types of Node and of the DOM library describe the same class.
  return Readable.fromWeb(stream as unknown as NodeReadableStream);
}
