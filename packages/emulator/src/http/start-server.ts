import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { performance } from "node:perf_hooks";
import { clearTimeout, setImmediate, setTimeout } from "node:timers";
import { answer, type Exchange } from "./answer.ts";
import { ClientGone } from "./body/read-body.ts";
import { errorResponse, unexpectedFailure } from "./error-response.ts";
import { refuseMalformed } from "./refuse-malformed.ts";
import type { Route } from "./routing/route.ts";
import { send } from "./send.ts";
import type { ServerContext } from "./server-context.ts";

/** A server that listens. */
export interface RunningServer {
  readonly port: number;
  /** Takes no more requests, lets those under way end within so many milliseconds, and cuts the rest. */
  close(grace: number): Promise<void>;
}

/** Starts to listen. Rejects with Node's error when the port cannot be had. */
export async function startServer(
  port: number,
  host: string,
  context: ServerContext,
): Promise<RunningServer> {
  const { headersTimeout, patience } = context.settings;
  const server = createServer({
    // The token of a real account is several thousand characters long.
    maxHeaderSize: 64 * 1024,
    headersTimeout,
    requestTimeout: headersTimeout + patience.total,
    connectionsCheckingInterval: Math.min(1000, headersTimeout),
    // Connections stay open as long as clients want them: whoever closes one may do so just when the next request is on its way. The system
    // finds those whose clients are gone without a word.
    keepAliveTimeout: 0,
    keepAlive: true,
  });
  server.maxHeadersCount = 2000;
  // A client may end its half of the connection once its request is sent (`nc -N`, some proxies) and still wait for the answer. Neither
  // Node's documentation nor its types have this setting.
  Object.assign(server, { httpAllowHalfOpen: true });
  server.on("request", (request, response) => {
    void serve(request, response, context, () => {
      // Once closing, a connection ends with its answer instead of waiting for another request.
      if (!server.listening) setImmediate(() => server.closeIdleConnections());
    });
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    // For a plain HTTP server the stream is a socket.
    refuseMalformed(error, socket as Parameters<typeof refuseMalformed>[1], context.newRequestId);
  });
  // Protocol upgrades are not offered: without a listener Node would treat CONNECT as an end of the connection.
  server.on("connect", (_request, socket) =>
    socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"),
  );
  await listen(server, port, host);
  // A listening TCP server has an address of this form.
  return { port: (server.address() as AddressInfo).port, close: (grace) => close(server, grace) };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  context: ServerContext,
  closed: () => void,
): Promise<void> {
  const path = request.url ?? "/";
  const { fallback } = context.settings;
  if (fallback && !/^(https?:\/\/[^/]*)?\/(v2|v3|_emulator|_apig|metrics)(\/|\?|$)/.test(path)) {
    response.once("close", closed);
    return fallback(request, response);
  }
  const started = performance.now();
  const exchange = new ServedExchange(context.newRequestId(), request.socket);
  response.once("close", () => {
    exchange.ended(response.writableFinished);
    closed();
  });
  // A broken connection is no failure of the server's.
  request.on("error", ignore);
  response.on("error", ignore);
  try {
    const outgoing = await answer(request, exchange, context);
    await send(request, response, outgoing, exchange.requestId);
    if (context.logger.writes("info"))
      context.logger.info(`${request.method} ${path.split("?")[0]}`, {
        status: outgoing.status,
        ms: Math.round((performance.now() - started) * 10) / 10,
        operationId: exchange.route?.id,
        code: outgoing.errorCode,
        requestId: exchange.requestId,
      });
  } catch (error) {
    if (error instanceof ClientGone || isPrematureClose(error)) {
      context.logger.debug("The client went away.", { requestId: exchange.requestId });
      response.destroy();
      return;
    }
    context.logger.error("An answer could not be made.", {
      requestId: exchange.requestId,
      stack: error instanceof Error ? error.stack : String(error),
    });
    await send(
      request,
      response,
      errorResponse(unexpectedFailure(), exchange.requestId, exchange.route?.tag),
      exchange.requestId,
    );
  }
}

const ignore = (): void => undefined;

/** An exchange whose signal is made when somebody asks for it: most requests are answered without. */
class ServedExchange implements Exchange {
  readonly requestId: string;
  route?: Route;
  readonly #socket: Socket;
  #controller: AbortController | undefined;
  #hasLeft = false;

  constructor(requestId: string, socket: Socket) {
    this.requestId = requestId;
    this.#socket = socket;
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.#hasLeft || this.#socket.readableEnded) this.#controller.abort();
      // Whether who ends its half has left or waits for the answer, only writing to it would tell.
      else this.#socket.once("end", this.#leave);
    }
    return this.#controller.signal;
  }

  /** The answer is out, or there is nobody to take it. */
  ended(isAnswered: boolean): void {
    if (!isAnswered) this.#leave();
    if (this.#controller) this.#socket.off("end", this.#leave);
  }

  readonly #leave = (): void => {
    this.#hasLeft = true;
    this.#controller?.abort();
  };
}

/** The client closed its connection within an answer. */
function isPrematureClose(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE";
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host }, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function close(server: Server, grace: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), grace);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
