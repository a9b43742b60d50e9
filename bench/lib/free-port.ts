import { once } from "node:events";
import { createServer } from "node:net";

/** A port of 127.0.0.1 that nobody uses at the moment, for servers that cannot choose one. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || !address) throw new Error("The server has no address.");
  return address.port;
}
