import { type Agent, type IncomingHttpHeaders, request } from "node:http";
import { buffer } from "node:stream/consumers";
import type { FuzzAnswer } from "./check-answer.ts";
import type { FuzzRequest } from "./make-request.ts";

/** How long an answer may take, in milliseconds. */
const patience = 20_000;

/** Sends a request as it stands, without the corrections that `fetch` makes. */
export function sendRequest(
  base: string,
  agent: Agent,
  { method, target, headers, body }: FuzzRequest,
): Promise<FuzzAnswer> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        hostname,
        port,
        agent,
        method,
        path: target,
        headers: { ...headers, ...(body && { "Content-Length": body.length }) },
        timeout: patience,
      },
      (response) => {
        const answer = (bytes: Buffer): FuzzAnswer => ({
          status: response.statusCode ?? 0,
          headers: lower(response.headers),
          body: bytes,
        });
        buffer(response).then((bytes) => resolve(answer(bytes)), reject);
      },
    );
    outgoing.on("timeout", () => outgoing.destroy(new Error(`no answer within ${patience} ms`)));
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

function lower(headers: IncomingHttpHeaders): FuzzAnswer["headers"] {
  return headers;
}
