import { performance } from "node:perf_hooks";
import type { Instance } from "./instance.ts";

/** A call that waits for an instance. */
export class Waiting {
  // `!`: the promise below sets both before the constructor returns.
  resolve!: (instance: Instance) => void;
  reject!: (error: unknown) => void;
  readonly since: number = performance.now();
  /** Whether it may wait in the process of an instance that has others. */
  readonly mayGoAhead: boolean;
  /** Rejects with the RuntimeFailure that kept an instance from starting, or with the reason for which the wait was ended. */
  readonly instance: Promise<Instance>;

  constructor(mayGoAhead: boolean) {
    this.mayGoAhead = mayGoAhead;
    this.instance = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }
}
