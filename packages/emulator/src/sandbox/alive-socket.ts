import { createServer } from "node:net";
import { join } from "node:path";

/** A socket in a folder that is removed when nobody listens on it any more. */
export const aliveSocket = "alive";

const nothing = (): void => undefined;

/** Listens on a folder's socket, which says to others that this process is there. Resolves with what ends it. */
export async function listenAlive(folder: string): Promise<() => void> {
  const server = createServer((socket) => socket.destroy()).unref();
  await new Promise<void>((resolve) => {
    // Where there are no sockets, or the path is too long for one, the folder stays if this process is killed.
    server.once("error", () => resolve());
    server.listen(join(folder, aliveSocket), resolve);
  });
  return () => void server.close(nothing);
}
