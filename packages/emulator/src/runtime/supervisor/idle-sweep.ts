import { performance } from "node:perf_hooks";
import type { TimerClock } from "../../core/clock.ts";

/** Looks for what has been idle for long, each time that has passed again, as long as there is something that could be. */
export class IdleSweep {
  readonly #clock: TimerClock;
  readonly #milliseconds: number;
  readonly #sweep: (unusedSince: number) => boolean;
  #cancel: (() => void) | undefined;
  #closed = false;

  /**
   * @param idleSeconds of the clock, that something may be idle
   * @param sweep gets the real milliseconds since when something must have been idle to go; says whether there is more to look after
   */
  constructor(
    { clock, idleSeconds }: { readonly clock: TimerClock; readonly idleSeconds: number },
    sweep: (unusedSince: number) => boolean,
  ) {
    this.#clock = clock;
    this.#milliseconds = idleSeconds * 1000;
    this.#sweep = sweep;
  }

  /** Has it look, unless it is about to. */
  later(): void {
    if (this.#cancel || this.#closed) return;
    const since = performance.now();
    this.#cancel = this.#clock.setTimer(new Date(this.#clock.now().getTime() + this.#milliseconds), () => {
      this.#cancel = undefined;
      if (this.#sweep(since)) this.later();
    });
  }

  close(): void {
    this.#closed = true;
    this.#cancel?.();
  }
}
