import { createServer, type Server, type Socket } from "node:net";
import { setTimeout } from "node:timers/promises";

/** Takes down what functions say of their runs: each run sends a line as soon as it begins. */
export class RunReports {
  readonly port: number;
  readonly #server: Server;
  readonly #sockets: Set<Socket>;
  readonly #counts: Map<string, number>;

  private constructor(server: Server, port: number, sockets: Set<Socket>, counts: Map<string, number>) {
    this.#server = server;
    this.port = port;
    this.#sockets = sockets;
    this.#counts = counts;
  }

  /** Listens on a free port of 127.0.0.1. */
  static async open(): Promise<RunReports> {
    const counts = new Map<string, number>();
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      let rest = "";
      socket.setEncoding("latin1");
      socket.on("data", (text: string) => {
        const lines = (rest + text).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
      });
      // Functions are killed while they talk.
      socket.on("error", () => undefined);
      socket.once("close", () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (typeof address !== "object" || !address) throw new Error("The server has no address.");
    return new RunReports(server, address.port, sockets, counts);
  }

  /** Times that the run with this name has begun. */
  of(id: string): number {
    return this.#counts.get(id) ?? 0;
  }

  /** Runs with different names. */
  get size(): number {
    return this.#counts.size;
  }

  /** All runs. */
  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Waits until so many different runs are known, or so many milliseconds: an answer may be here before the report of its run. */
  async reached(size: number, patience: number): Promise<void> {
    const deadline = performance.now() + patience;
    while (this.#counts.size < size && performance.now() < deadline) await setTimeout(10);
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
