import { connect } from "node:net";
import { RuntimeFailure, type Worker } from "../contract.ts";

/** Port that servers of HTTP functions listen on, as on the service. */
export const functionPort = 8000;
/** Milliseconds that an instance counts as busy after it has become ready and after a call, for its next call may be on its way. */
const firstCallWithin = 1000;
const nextCallWithin = 50;

/** What the holder of the port does. */
interface Holder {
  readonly name: string;
  readonly worker: Promise<Worker>;
  calls: number;
  /** Real milliseconds from which on it may have to go. */
  mayGoAt: number;
}

/**
 * Gives the port of this machine's own network to one instance at a time. An idle instance makes room for another; a busy one, or another
 * program, does not.
 */
export class PortHolder {
  #holder: Holder | undefined;

  /**
   * Starts an instance as the holder of the port.
   * @throws RuntimeFailure 4201 when the port is taken
   */
  async start(name: string, start: () => Promise<Worker>): Promise<Worker> {
    await this.#makeRoom(name);
    const holder: Holder = { name, worker: start(), calls: 0, mayGoAt: Number.POSITIVE_INFINITY };
    this.#holder = holder;
    const free = (): void => {
      if (this.#holder === holder) this.#holder = undefined;
    };
    try {
      const worker = await holder.worker;
      void worker.exited.then(free);
      return watched(worker, holder);
    } catch (error) {
      free();
      throw error;
    }
  }

  async #makeRoom(name: string): Promise<void> {
    const present = this.#holder;
    if (present) {
      if (present.calls > 0 || performance.now() < present.mayGoAt)
        throw taken(`an instance of the function ${present.name} has it, and is busy`, name);
      const worker = await present.worker;
      worker.kill();
      await worker.exited;
      // Another start may have been faster.
      if (this.#holder) return this.#makeRoom(name);
    }
    if (await isTaken()) {
      if (this.#holder) return this.#makeRoom(name);
      throw taken("another program of this machine has it; end that program", name);
    }
    // Nobody may have come while the port was tried.
    if (this.#holder) return this.#makeRoom(name);
  }
}

function taken(why: string, name: string): RuntimeFailure {
  return new RuntimeFailure(
    4201,
    `function initialization failed: the function ${name} needs port ${functionPort} of 127.0.0.1, and ${why}. ` +
      "Without namespaces, HTTP functions share this machine's network, so that one instance can run at a time: raise the function's concurrency to let one instance have several calls, or run on Linux with bubblewrap.",
    "PortError",
  );
}

function watched(worker: Worker, holder: Holder): Worker {
  return {
    ...worker,
    async initialize() {
      await worker.initialize();
      holder.mayGoAt = performance.now() + firstCallWithin;
    },
    async call(call) {
      holder.calls += 1;
      try {
        return await worker.call(call);
      } finally {
        holder.calls -= 1;
        holder.mayGoAt = performance.now() + nextCallWithin;
      }
    },
  };
}

function isTaken(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(functionPort, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
