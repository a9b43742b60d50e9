import { setImmediate as turn } from "node:timers/promises";
import type { ProcessEnd } from "../contract.ts";

/**
 * Holds the news of a process's end back until the calls that it has answered have their results: what was accepted is not lost because a
 * program ends right after its answer.
 */
export class CallsBeforeEnd {
  readonly exited: Promise<ProcessEnd>;
  readonly #answered = new Set<Promise<unknown>>();

  /** @param close what is done as soon as nothing more can come from the process */
  constructor(exited: Promise<ProcessEnd>, close: () => void = () => undefined) {
    this.exited = exited.then(async (end) => {
      // What it has written last is read by now or in the next turns.
      await turn();
      await turn();
      close();
      await turn();
      await this.settled();
      return end;
    });
  }

  /** Waits until all calls that have been answered have their results. */
  async settled(): Promise<void> {
    while (this.#answered.size > 0) await Promise.allSettled(this.#answered);
    // Whoever waits for the calls hears of them first.
    await turn();
  }

  /** Waits for the rest of a call that is answered. */
  async answered<T>(rest: Promise<T>): Promise<T> {
    this.#answered.add(rest);
    try {
      return await rest;
    } finally {
      this.#answered.delete(rest);
    }
  }
}
