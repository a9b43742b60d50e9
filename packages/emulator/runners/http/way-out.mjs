// A function's way out of a network of its own: a port of 127.0.0.1 that leads to the emulator's proxy.
import { connect, createServer } from "node:net";

/** Opens the port. @returns it with the variables that tell programs of it; no port and no variables where there is no proxy */
export async function openWayOut(socketPath) {
  if (!socketPath) return { port: undefined, variables: {} };
  const server = createServer((client) => {
    const proxy = connect(socketPath);
    proxy.on("error", () => client.destroy());
    client.on("error", () => proxy.destroy());
    client.pipe(proxy).pipe(client);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  const address = `http://127.0.0.1:${port}`;
  const direct = "localhost,127.0.0.1,::1";
  const variables = {
    HTTP_PROXY: address,
    HTTPS_PROXY: address,
    NO_PROXY: direct,
    http_proxy: address,
    https_proxy: address,
    no_proxy: direct,
    // Node.js heeds them from 22.21 and 24 on, if it is told to.
    NODE_USE_ENV_PROXY: "1",
  };
  return { port, variables };
}
