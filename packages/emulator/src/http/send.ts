import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { discardRest } from "./discard-rest.ts";
import type { OutgoingResponse } from "./outgoing-response.ts";

/** Bytes up to which a body is copied, so that it leaves together with the headers: Node.js joins them when both are texts. */
const joined = 16_384;

/** Writes an answer, with the ID of its request. A client that is still sending gets to read it before its connection ends or is cut. */
export async function send(
  request: IncomingMessage,
  response: ServerResponse,
  outgoing: OutgoingResponse,
  requestId: string,
): Promise<void> {
  if (response.destroyed || response.headersSent) return;
  const { status, headers, body, stream, contentType } = outgoing;
  // Names and values in turn.
  const all: (string | string[])[] = [];
  if (!("X-Request-Id" in headers)) all.push("X-Request-Id", requestId);
  for (const name in headers) {
    // Of a name that it has.
    const value = headers[name] as string | readonly string[];
    all.push(name, typeof value === "string" ? value : [...value]);
  }
  if (contentType !== undefined) all.push("Content-Type", contentType);
  if (stream) {
    response.writeHead(status, all);
    // Its first byte may be long in coming.
    response.flushHeaders();
    const { complete } = request;
    if (!complete) request.resume();
    // What fails on the way cuts the connection, so that no half of an answer passes for a whole one.
    await pipeline(Readable.from(stream, { objectMode: false }), response, { end: complete });
    if (!complete) endAfterRest(request, response);
    return;
  }
  const size = typeof body === "string" ? Buffer.byteLength(body) : (body?.byteLength ?? 0);
  if (body !== undefined || (status !== 204 && status !== 304)) all.push("Content-Length", String(size));
  response.writeHead(status, all);
  if (!request.complete) {
    response.flushHeaders();
    // Their length tells the client that this is all.
    if (size > 0) response.write(body);
    endAfterRest(request, response);
  } else if (body instanceof Uint8Array && size <= joined) response.end(latin1(body), "latin1");
  else response.end(body);
}

/** Ends an answer that is written when its request is whole: with `Connection: close` the connection ends with it, whatever still comes. */
function endAfterRest(request: IncomingMessage, response: ServerResponse): void {
  if (request.complete || request.destroyed) return void response.end();
  discardRest(request, () => {
    response.end();
    if (!request.complete) request.destroy();
  });
}

/** A text with one character for each byte. */
function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}
