import { nextMillisecond } from "../schedule/next-time.ts";
import type { Schedule } from "../schedule/schedule.ts";

/**
 * The last time of a schedule that is not before the start and not after the present; none when there was none.
 * All times are milliseconds since 1970.
 */
export function lastFiring(schedule: Schedule, start: number, now: number): number | undefined {
  let before = start - 1;
  let found = nextMillisecond(schedule, before, start);
  if (found === undefined || found > now) return undefined;
  // The next time never goes back when its start goes on, so that the last one can be closed in from both sides.
  let after = now;
  while (after - before > 1) {
    const middle = before + Math.floor((after - before) / 2);
    const next = nextMillisecond(schedule, middle, start);
    if (next === undefined || next > now) after = middle;
    else {
      found = next;
      before = middle;
    }
  }
  return found;
}
