import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** Starts the answering server; it ends with this process, or before. */
export async function startServer(): Promise<{ url: string; stop: () => void }> {
  const child = fork(fileURLToPath(new URL("answering-server.mjs", import.meta.url)), {
    silent: true,
    execArgv: [],
  });
  if (!child.stdout) throw new Error("the server has no output");
  const [port] = await once(child.stdout, "data");
  return { url: `http://127.0.0.1:${String(port).trim()}`, stop: () => child.disconnect() };
}
