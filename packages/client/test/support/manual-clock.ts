import type { Clock } from "../../src/clock.ts";

/** A clock that stands still until it is moved. */
export interface ManualClock extends Clock {
  /** Moves the clock and calls back whoever is due, in order, letting them finish what they do at once. */
  advance(milliseconds: number): Promise<void>;
  /** How long those who wait have asked to wait, in milliseconds. */
  readonly waiting: readonly number[];
}

export function manualClock(start: string | number = "2026-03-02T09:00:00Z"): ManualClock {
  let now = new Date(start).getTime();
  let timers: { at: number; delay: number; callback: () => void }[] = [];
  return {
    now: () => now,
    after(delay, callback) {
      const timer = { at: now + delay, delay, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    async advance(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers = timers.filter((timer) => timer !== next);
        now = Math.max(now, next.at);
        next.callback();
        // What the callback sets off with promises is done after one turn of the event loop.
        await new Promise(setImmediate);
      }
      now = end;
    },
    get waiting() {
      return timers.map(({ delay }) => delay);
    },
  };
}
