import type { Socket } from "node:net";
import { ServiceError } from "../core/service-error.ts";
import { discardRest } from "./discard-rest.ts";
import { errorResponse } from "./error-response.ts";

/** Connections whose rest is thrown away; Node tells of every piece of it that it is no HTTP. */
const refused = new WeakSet<Socket>();

/** Answers what Node could not read as an HTTP request, and ends the connection once the client had time to read that. */
export function refuseMalformed(
  error: NodeJS.ErrnoException,
  socket: Socket,
  newRequestId: () => string,
): void {
  if (refused.has(socket) && error.code !== "ECONNRESET") return;
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  refused.add(socket);
  const requestId = newRequestId();
  const { status, body = "" } = errorResponse(refusalOf(error.code), requestId, undefined);
  const reason = status === 408 ? "Request Timeout" : "Bad Request";
  const head = [
    `HTTP/1.1 ${status} ${reason}`,
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
  discardRest(socket, () => socket.destroy());
}

function refusalOf(code: string | undefined): ServiceError {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT")
    return new ServiceError("FSS.0408", "Request timeout. The request came too slowly.");
  if (code === "HPE_HEADER_OVERFLOW")
    return new ServiceError(
      "FSS.0400",
      "Invalid parameter. Address and headers of the request are too large.",
    );
  return new ServiceError("FSS.0400", "Invalid parameter. This is no valid HTTP request.");
}
