import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { OutgoingResponse } from "./outgoing-response.ts";

/** How long the rest of a refused request is read and thrown away, in milliseconds, before the connection is cut. */
const lingering = 2000;

/** Writes an answer. A client that is still sending gets to read it before its connection is cut. */
export async function send(
  request: IncomingMessage,
  response: ServerResponse,
  outgoing: OutgoingResponse,
): Promise<void> {
  if (response.destroyed || response.headersSent) return;
  const { status, headers, body, stream, contentType } = outgoing;
  const all: Record<string, string | number | string[]> = {};
  for (const [name, value] of Object.entries(headers))
    all[name] = typeof value === "string" ? value : [...value];
  if (contentType !== undefined) all["Content-Type"] = contentType;
  if (stream) {
    response.writeHead(status, all);
    // Its first byte may be long in coming.
    response.flushHeaders();
    // What fails on the way cuts the connection, so that no half of an answer passes for a whole one.
    return pipeline(Readable.from(stream, { objectMode: false }), response);
  }
  const size = typeof body === "string" ? Buffer.byteLength(body) : (body?.byteLength ?? 0);
  if (body !== undefined || (status !== 204 && status !== 304)) all["Content-Length"] = size;
  response.writeHead(status, all);
  response.end(body);
  if (!request.complete) discardRest(request);
}

function discardRest(request: IncomingMessage): void {
  const timer = setTimeout(() => request.destroy(), lingering);
  const stop = (): void => clearTimeout(timer);
  request.once("end", stop).once("close", stop).once("error", stop);
  request.resume();
}
