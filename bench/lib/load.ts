import { connect, type Socket } from "node:net";
import { median } from "./median.ts";

/** A request that is sent again and again. */
export interface LoadRequest {
  readonly method: string;
  /** Several are taken in turn. */
  readonly path: string | readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** How a server has answered. */
export interface LoadResult {
  readonly perSecond: number;
  /** Milliseconds until half of the answers were there, each from its own request on. */
  readonly medianMilliseconds: number;
}

/** As `measureLoad`: answers a second. */
export async function requestsPerSecond(
  url: string,
  request: LoadRequest,
  connections: number,
  requests: number,
): Promise<number> {
  return (await measureLoad(url, request, connections, requests)).perSecond;
}

/**
 * Sends requests over so many connections, the next one on each when the answer to the last is there, and tells how many a second were
 * answered. It writes to sockets itself: an HTTP client would take more time than the server.
 * @throws Error at the first answer that is no success.
 */
export async function measureLoad(
  url: string,
  { method, path, headers, body = "" }: LoadRequest,
  connections: number,
  requests: number,
): Promise<LoadResult> {
  const { hostname, port, host } = new URL(url);
  const lines = Object.entries({
    Host: host,
    ...headers,
    ...(body && { "Content-Length": Buffer.byteLength(body) }),
  });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const texts = [path].flat().map((one) => Buffer.from(`${method} ${one} HTTP/1.1\r\n${head}\r\n${body}`));
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(hostname, Number(port))));
  const times: number[] = [];
  let sent = 0;
  const began = performance.now();
  await Promise.all(
    sockets.map(async (socket) => {
      while (sent < requests) {
        const bytes = texts[sent++ % texts.length];
        const start = performance.now();
        if (bytes) await exchange(socket, bytes);
        times.push(performance.now() - start);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  for (const socket of sockets) socket.destroy();
  return { perSecond: requests / seconds, medianMilliseconds: median(times) };
}

function open(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true }, () => resolve(socket)).on("error", reject);
  });
}

function exchange(socket: Socket, request: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const onData = (piece: Buffer): void => {
      answer += piece.toString("latin1");
      if (!isWhole(answer)) return;
      socket.off("data", onData);
      if (/^HTTP\/1\.1 2/.test(answer)) resolve();
      else reject(new Error(answer.slice(0, 1000)));
    };
    socket.on("data", onData);
    socket.write(request);
  });
}

function isWhole(answer: string): boolean {
  const head = answer.indexOf("\r\n\r\n");
  if (head < 0) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(answer.slice(0, head))?.[1];
  return length === undefined ? answer.endsWith("\r\n0\r\n\r\n") : answer.length >= head + 4 + Number(length);
}
