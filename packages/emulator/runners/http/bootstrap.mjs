// The bootstrap of an HTTP function and the port that it serves.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { connect } from "node:net";

const shortestPause = 2;
const longestPause = 50;

export class Bootstrap {
  #child;
  #port;
  #limit;
  #ownNetwork;
  #notItsOwn;
  /** Resolves with code and description when its process is gone. */
  ended;

  /**
   * @param head the frame that loads the function
   * @param settings port, milliseconds until it must listen, whether the network is the function's own, and a port in it that is the relay's
   */
  constructor({ code, environment }, { port, startLimit, ownNetwork, relayPort }) {
    this.#port = port;
    this.#limit = startLimit;
    this.#ownNetwork = ownNetwork;
    this.#notItsOwn = relayPort;
    const shell = existsSync("/bin/bash") ? "/bin/bash" : "/bin/sh";
    this.#child = spawn(shell, [`${code}/bootstrap`], {
      cwd: code,
      env: environment,
      stdio: ["ignore", "inherit", "inherit"],
    });
    this.ended = new Promise((resolve) => {
      this.#child.once("exit", (exit, signal) =>
        resolve({ code: exit ?? 1, how: signal ? `by ${signal}` : `with code ${exit}` }),
      );
      this.#child.once("error", (error) =>
        resolve({ code: 1, how: `as it could not start: ${error.message}` }),
      );
    });
  }

  /** Waits until the server listens. @returns why it does not, with advice for the log */
  async listening() {
    const start = performance.now();
    let end;
    void this.ended.then((value) => {
      end = value;
    });
    for (let pause = shortestPause; ; pause = Math.min(pause * 2, longestPause)) {
      if (await accepts(this.#port)) return undefined;
      if (end)
        return this.#failure(
          4204,
          "runtime process is exited",
          `bootstrap ended ${end.how} before its server listened on 127.0.0.1:${this.#port}. ${explain(end.code)}`,
        );
      if (performance.now() - start > this.#limit)
        return this.#failure(
          4201,
          "function initialization failed",
          `No server listens on 127.0.0.1:${this.#port} after ${Math.round(this.#limit / 1000)} s. ${this.#whereElse()}`,
        );
      await Promise.race([this.ended, new Promise((resolve) => setTimeout(resolve, pause))]);
    }
  }

  kill() {
    this.#child.kill("SIGKILL");
  }

  /** Tells where it listens instead, which only a network of its own shows: this machine's has the ports of other programs. */
  #whereElse() {
    const rule = `An HTTP function's server must listen on port ${this.#port} of 127.0.0.1.`;
    if (!this.#ownNetwork) return rule;
    const found = listeningPorts(this.#port).filter(({ port }) => port !== this.#notItsOwn);
    return found.length > 0 ? `${rule} It listens on ${found.map(({ shown }) => shown).join(", ")}.` : rule;
  }

  #failure(code, message, advice) {
    return { code, message, errorType: "BootstrapError", advice };
  }
}

function explain(code) {
  return code === 126 || code === 127
    ? "It, or a program that it calls, cannot be run: see that the path is one of the documented ones and that the file is in the package."
    : "It must start a server in the foreground and not end.";
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

/** Sockets that listen in this network: their ports, of IPv6 with `[::1]:` before the one that was wanted. */
function listeningPorts(wanted) {
  const places = ["tcp", "tcp6"].flatMap((family) => {
    try {
      const lines = readFileSync(`/proc/net/${family}`, "latin1").split("\n").slice(1);
      return lines
        .map((line) => line.trim().split(/\s+/))
        .flatMap(([, local, , state]) => (state === "0A" ? [[family, local]] : []));
    } catch {
      return [];
    }
  });
  return places.map(([family, local]) => {
    const port = Number.parseInt(local.slice(local.indexOf(":") + 1), 16);
    return { port, shown: family === "tcp6" && port === wanted ? `[::1]:${port}` : `port ${port}` };
  });
}
