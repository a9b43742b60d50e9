import { performance } from "node:perf_hooks";
import type { TimerClock } from "../../core/clock.ts";

/** Milliseconds between two looks at least. */
const least = 20;

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
    this.#milliseconds = Math.max(least, idleSeconds * 1000);
    this.#sweep = sweep;
  }

  /** Has it look, unless it is about to. */
  later(): void {
    if (this.#cancel || this.#closed) return;
    const since = performance.now();
    const clock = this.#clock;
    // While the clock is moved nothing is used meanwhile, so that one look at the end of a long way is as good as thousands.
    const at = Math.max(clock.now().getTime() + this.#milliseconds, clock.quietUntil?.() ?? 0);
    this.#cancel = clock.setTimer(new Date(at), () => {
      this.#cancel = undefined;
      if (this.#sweep(since)) this.later();
    });
  }

  close(): void {
    this.#closed = true;
    this.#cancel?.();
  }
}
