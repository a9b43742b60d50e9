import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below the ranges from which Linux and macOS give ports to connections, so that none takes a port between its choice and its use. */
const lowest = 20_000;
const highest = 32_000;
const attempts = 100;

/** Ports of 127.0.0.1 for programs that have to be told where to listen. */
export class FreePorts {
  readonly #taken = new Set<number>();

  /** Chooses a port that is free; it stays chosen until it is given back. @throws Error when none is free */
  async take(): Promise<number> {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const port = randomInt(lowest, highest);
      if (this.#taken.has(port)) continue;
      this.#taken.add(port);
      if (await isFree(port)) return port;
      this.#taken.delete(port);
    }
    throw new Error(`no port of 127.0.0.1 between ${lowest} and ${highest} is free`);
  }

  giveBack(port: number): void {
    this.#taken.delete(port);
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}
