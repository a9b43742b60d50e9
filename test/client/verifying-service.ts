import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Recorded } from "./recording-server.ts";
import { hasValidSignature } from "./verify-signature.ts";

/** What is answered to a request whose signature is valid; nothing for one that is kept waiting. */
export type Answer = (request: Recorded) => { readonly status: number; readonly body: unknown } | undefined;

const headers = {
  "content-type": "application/json",
  "x-request-id": "request-1",
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "authorization, content-type, x-sdk-date, x-project-id",
  "access-control-allow-methods": "GET, POST, PUT, DELETE",
  "access-control-expose-headers": "x-request-id",
};
const refusal = {
  status: 401,
  body: { error_code: "APIGW.0301", error_msg: "Incorrect IAM authentication information", request_id: "1" },
};

/** A service that pages of any origin may call; it refuses what has no valid signature, and keeps what has one. */
export async function verifyingService(secretKey: string, answerTo: Answer) {
  const accepted: Recorded[] = [];
  const server = createServer(async (request, response) => {
    const [path = "", query = ""] = (request.url ?? "").split("?");
    const { method = "" } = request;
    const body = await text(request).catch(() => undefined);
    // The caller left within its request.
    if (body === undefined) return;
    const recorded = { method, path, query, headers: request.headers, body };
    if (method === "OPTIONS") {
      response.writeHead(204, headers).end();
      return;
    }
    const valid = hasValidSignature(recorded, secretKey);
    if (valid) accepted.push(recorded);
    const answer = valid ? answerTo(recorded) : refusal;
    if (answer) response.writeHead(answer.status, headers).end(JSON.stringify(answer.body));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  // `as`: a server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    accepted,
    close(): void {
      server.closeAllConnections();
      server.close();
    },
  };
}
