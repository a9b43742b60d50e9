import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { requestBody } from "./request-body.ts";
import { type RawRequest, verifySignature } from "./verify-signature.ts";

/** How a request is answered: plainly, with the connection cut in the middle of the body or before any answer, or never. */
export interface Behaviour {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text and bytes as they are, anything else as JSON. */
  readonly body?: unknown;
  readonly cut?: "body" | "answer";
  readonly silent?: boolean;
}

export interface Gateway {
  readonly url: string;
  /** Every request, also those that were refused. */
  readonly received: readonly RawRequest[];
  /** The token that is accepted; others are refused. */
  token: string;
  /** The server's time in milliseconds; 15 minutes from it a signature is refused. */
  now(): number;
  close(): Promise<void>;
}

/** The only key that the gateway knows. */
export const keys = { accessKey: "EXAMPLE-ACCESS-KEY", secretKey: "example-secret-key-not-a-real-one" };
export const projectId = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";

/**
 * A server that checks every signature and token as the cloud's gateway does, and then does what it is told: one behaviour for each
 * accepted request, the last of them for all that follow.
 */
export async function startGateway(
  script: readonly Behaviour[] | ((request: RawRequest, index: number) => Behaviour),
  { now = () => Date.now() }: { now?: () => number } = {},
): Promise<Gateway> {
  const received: RawRequest[] = [];
  let accepted = 0;
  const server = createServer(async (request, response) => {
    const { method = "", url: target = "", headers } = request;
    const port = request.socket.remotePort;
    const body = await requestBody(request);
    if (!body) return;
    const raw = { method, target, headers, port, body };
    received.push(raw);
    const problem = refusal(raw, gateway);
    if (problem) {
      const error = {
        error_code: "APIGW.0301",
        error_msg: `Incorrect IAM authentication information: ${problem}`,
      };
      return act(response, { status: 401, headers: { date: new Date(now()).toUTCString() }, body: error });
    }
    const index = accepted++;
    act(response, typeof script === "function" ? script(raw, index) : (script[index] ?? script.at(-1) ?? {}));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  // `as`: a server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo;
  const gateway: Gateway = {
    url: `http://127.0.0.1:${port}`,
    received,
    token: "example-token-1",
    now,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return gateway;
}

function refusal(request: RawRequest, { token, now }: Gateway): string | undefined {
  if (request.target.startsWith("/v3/auth/tokens")) return undefined;
  const sent = request.headers["x-auth-token"];
  if (sent !== undefined) return sent === token ? undefined : "decrypt token fail";
  const problem = verifySignature(request, keys.accessKey, keys.secretKey);
  if (problem) return problem;
  const date = String(request.headers["x-sdk-date"]).replace(
    /^(....)(..)(..T..)(..)(..Z)$/,
    "$1-$2-$3:$4:$5",
  );
  return Math.abs(Date.parse(date) - now()) > 900_000 ? "the clock is more than 15 minutes off" : undefined;
}

function act(
  response: ServerResponse,
  { status = 200, headers = {}, body = {}, cut, silent }: Behaviour,
): void {
  if (silent) return;
  if (cut === "answer") {
    response.destroy();
    return;
  }
  const content = typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);
  const type =
    typeof body === "string"
      ? "text/plain"
      : body instanceof Uint8Array
        ? "application/zip"
        : "application/json";
  response.writeHead(status, {
    "content-type": type,
    "x-request-id": "request-1",
    ...headers,
    ...(cut && { "content-length": String(content.length + 10) }),
  });
  if (!cut) response.end(content);
  else response.write(content, () => response.destroy());
}
