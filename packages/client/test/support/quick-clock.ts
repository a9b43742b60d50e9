import type { Clock } from "../../src/clock.ts";

/** A clock on which nobody waits: pauses are over at once, and kept to be looked at; times as long as a call's limit never come. */
export interface QuickClock extends Clock {
  /** The pauses that were asked for, in milliseconds. */
  readonly pauses: number[];
}

export function quickClock(start: string | number = Date.now(), limit = 60_000): QuickClock {
  let now = new Date(start).getTime();
  const pauses: number[] = [];
  return {
    pauses,
    now: () => now,
    after(milliseconds, callback) {
      if (milliseconds >= limit) return () => {};
      pauses.push(milliseconds);
      now += milliseconds;
      const immediate = setImmediate(callback);
      return () => clearImmediate(immediate);
    },
  };
}
