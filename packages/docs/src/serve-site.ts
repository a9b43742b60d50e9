import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import sirv from "sirv";
import { siteFolder } from "./site-folder.ts";

/** A running site. */
export interface SiteServer {
  /** Address without a trailing slash, for example `http://127.0.0.1:41703`. */
  readonly url: string;
  /** Stops accepting, ends open connections, and resolves when the port is free again. */
  close(): Promise<void>;
}

/**
 * Serves the built site on the loopback interface.
 * @param port 0 takes a free one.
 * @throws the system's error when the port is taken (`EADDRINUSE`) or not allowed (`EACCES`).
 */
export async function serveSite(port: number, folder: string = siteFolder): Promise<SiteServer> {
  const files = sirv(folder, { etag: true, dotfiles: false });
  const server = createServer((request, response) => {
    files(request, response, () => {
      response.writeHead(404, { "content-type": "text/plain; charset=utf-8" });
      response.end(`There is no page ${request.url}. The reference is at /reference/.\n`);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve());
  });
  // A TCP server that listens has an AddressInfo; only pipes have a string.
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${actual}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
