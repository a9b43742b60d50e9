import { Agent as HttpAgent, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { Readable } from "node:stream";
import { failure } from "./failure.ts";
import type { KeepAliveOptions } from "./keep-alive-options.ts";
import { MessageResponse } from "./message-response.ts";
import { requestParts } from "./request-parts.ts";

/** A fetch over connections that are kept, and the end of them. */
export interface KeepAliveFetch {
  (input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** Closes all connections, also those in use, and refuses further requests. */
  close(): void;
}

/**
 * Makes a `fetch` for Node over node:http and node:https that keeps its connections and costs less CPU time than the built-in one,
 * most of all for requests with a body.
 *
 * It rejects as fetch does: with the signal's reason when aborted, else with a TypeError whose cause has the system's `code`. It differs
 * in that it never follows a redirect, since a signature holds for one address, and keeps no cookies and no cache.
 *
 * Idle connections do not keep a program alive, so a program need not call `close`.
 */
export function keepAliveFetch(options: KeepAliveOptions = {}): KeepAliveFetch {
  const {
    maxSockets = Number.POSITIVE_INFINITY,
    idleTimeout = 4000,
    maxResponseSize = 512 * 1024 * 1024,
    compression = true,
  } = options;
  const own = { keepAlive: true, maxSockets, timeout: idleTimeout };
  const http = options.httpAgent ?? new HttpAgent(own);
  const https = options.httpsAgent ?? new HttpsAgent(own);
  let closed = false;

  async function fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const { url, method, headers, body, signal } = requestParts(input, init);
    signal?.throwIfAborted();
    headers["user-agent"] ??= "node"; // As fetch does.
    if (closed) throw failure(method, url, new Error("this transport is closed"));
    if (compression && headers["accept-encoding"] === undefined) headers["accept-encoding"] = "gzip";

    return new Promise((resolve, reject) => {
      const secure = url.protocol === "https:";
      const request = (secure ? httpsRequest : httpRequest)(url, {
        agent: secure ? https : http,
        method,
        headers,
      });
      const abort = () => request.destroy();
      signal?.addEventListener("abort", abort, { once: true });
      request.once("response", (message) =>
        resolve(new MessageResponse(message, { method, url, signal, limit: maxResponseSize })),
      );
      // `on`, not `once`: a connection may fail again after the answer, whose reader hears of it too.
      request.on("error", (cause) => reject(signal?.aborted ? signal.reason : failure(method, url, cause)));
      request.once("close", () => signal?.removeEventListener("abort", abort));
      if (body instanceof Readable) body.once("error", (cause) => request.destroy(cause)).pipe(request);
      else request.end(body);
    });
  }

  function close(): void {
    closed = true;
    if (!options.httpAgent) http.destroy();
    if (!options.httpsAgent) https.destroy();
  }

  return Object.assign(fetch, { close });
}
