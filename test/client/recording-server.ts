import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A request as it was on the wire. */
export interface Recorded {
  readonly method: string;
  readonly path: string;
  /** The query as it was written. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server on the loopback interface that answers `status` with an empty JSON object and keeps the last request. */
export async function recordingServer() {
  let last: Recorded | undefined;
  let status = 200;
  const server = createServer(async (request, response) => {
    const [path = "", query = ""] = (request.url ?? "").split("?");
    last = { method: request.method ?? "", path, query, headers: request.headers, body: await text(request) };
    response.writeHead(status, { "content-type": "application/json" });
    response.end(status === 204 ? undefined : "{}");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  // `as`: a server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    /** What the call sends, when it is answered with this status. */
    async record(answer: number, call: () => Promise<unknown>): Promise<Recorded> {
      last = undefined;
      status = answer;
      await call();
      if (!last) throw new Error("nothing was sent");
      return last;
    },
    close(): void {
      server.closeAllConnections();
      server.close();
    },
  };
}
