import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { requestBody } from "./request-body.ts";

/** A request as it came in. */
export interface Received {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What to answer; undefined for no answer at all. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text as it is, anything else as JSON. */
  readonly body?: unknown;
}

/** A server on the loopback interface that keeps what it receives. */
export interface LocalServer {
  readonly url: string;
  readonly received: Received[];
  close(): Promise<void>;
}

/** Starts a server on a free port. */
export async function localServer(
  reply: (received: Received) => Reply | undefined | Promise<Reply | undefined>,
): Promise<LocalServer> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const body = await requestBody(request);
    if (!body) return;
    const { method = "", url: path = "", headers: sent } = request;
    const one = { method, path, headers: sent, body: body.toString() };
    received.push(one);
    const { status = 200, headers = {}, body: content = "" } = (await reply(one)) ?? { status: 0 };
    if (status === 0) return;
    response
      .writeHead(status, {
        "content-type": typeof content === "string" ? "text/plain" : "application/json",
        ...headers,
      })
      .end(typeof content === "string" ? content : JSON.stringify(content));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  // `as`: a server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, received, close };
}
