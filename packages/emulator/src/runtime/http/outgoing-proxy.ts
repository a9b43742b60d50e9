import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";

/** A way out for functions in networks of their own: an HTTP proxy on a socket in the file system, which no network separates. */
export interface OutgoingProxy {
  /** Path of the socket on this machine. */
  readonly socket: string;
  close(): Promise<void>;
}

/** Headers between a client and its proxy only. */
const forProxy: ReadonlySet<string> = new Set(["proxy-connection", "proxy-authorization"]);

/** Opens the proxy: it tunnels (`CONNECT`) and forwards plain HTTP requests, and keeps nothing. */
export async function openOutgoingProxy(): Promise<OutgoingProxy> {
  const folder = await mkdtemp(join(tmpdir(), "functiongraph-out-"));
  const socket = join(folder, "proxy");
  const sockets = new Set<Duplex>();
  const server = createServer(forward);
  server.requestTimeout = 0;
  server.on("connection", (client: Socket) => {
    sockets.add(client);
    client.once("close", () => sockets.delete(client));
  });
  server.on("connect", (message: IncomingMessage, client: Duplex, head: Buffer) =>
    tunnel(message, client, head),
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socket, resolve);
  });
  return {
    socket,
    async close() {
      for (const client of sockets) client.destroy();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function tunnel(message: IncomingMessage, client: Duplex, head: Buffer): void {
  const target = URL.canParse(`http://${message.url}`) ? new URL(`http://${message.url}`) : undefined;
  client.on("error", () => undefined);
  if (!target) {
    client.end("HTTP/1.1 400 Bad Request\r\n\r\n");
    return;
  }
  const server = connect(Number(target.port || 80), target.hostname.replace(/^\[|\]$/g, ""), () => {
    client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    server.write(head);
    server.pipe(client).pipe(server);
  });
  server.on("error", () => client.end("HTTP/1.1 502 Bad Gateway\r\n\r\n"));
  client.once("close", () => server.destroy());
}

function forward(message: IncomingMessage, response: ServerResponse): void {
  if (!message.url?.startsWith("http://")) {
    response.writeHead(400).end();
    return;
  }
  const headers = Object.fromEntries(Object.entries(message.headers).filter(([name]) => !forProxy.has(name)));
  const outgoing = request(message.url, { method: message.method, headers, agent: false }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    answer.on("error", () => response.destroy());
    answer.pipe(response);
  });
  outgoing.on("error", () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end();
  });
  response.on("error", () => undefined);
  response.once("close", () => outgoing.destroy());
  message.pipe(outgoing);
}
