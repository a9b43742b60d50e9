import type { IncomingMessage } from "node:http";
import { hopByHop } from "./response-headers.ts";

/** Address of the caller; an IPv4 address also on a socket of IPv6. */
export function sourceAddress(request: IncomingMessage): string {
  return (request.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
}

/** The headers of a call as its event has them: lower case, one text each, with those that the gateway adds. */
export function requestHeaders(
  request: IncomingMessage,
  requestId: string,
): Readonly<Record<string, string>> {
  const { headers } = request;
  const dropped = new Set(
    String(headers.connection ?? "")
      .toLowerCase()
      .split(",")
      .map((name) => name.trim()),
  );
  const kept = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined || dropped.has(name) || (hopByHop.has(name) && name !== "content-length")
      ? []
      : [[name, Array.isArray(value) ? value.join(", ") : value]],
  );
  const host = headers.host ?? "";
  const source = sourceAddress(request);
  const before = headers["x-forwarded-for"];
  return {
    ...Object.fromEntries(kept),
    "x-real-ip": source,
    "x-forwarded-for": before === undefined ? source : `${String(before)}, ${source}`,
    "x-forwarded-host": host,
    "x-forwarded-port": /:(\d+)$/.exec(host)?.[1] ?? "80",
    "x-forwarded-proto": "http",
    "x-request-id": requestId,
  };
}
