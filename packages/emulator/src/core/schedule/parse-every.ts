import type { IntervalSchedule } from "./schedule.ts";
import { quote, ScheduleFault } from "./schedule-fault.ts";

const nanoseconds: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3, // U+00B5, the micro sign
  μs: 1e3, // U+03BC, the Greek letter
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** A century: longer ones are mistakes, and none makes the arithmetic inexact. */
const longestSeconds = 100 * 366 * 86_400;

/**
 * Reads the duration behind `@every`, such as `1h30m` or `1.5h`. As timers tick in seconds, parts of a second are dropped,
 * and anything shorter than a second is one second.
 * @throws ScheduleFault saying what is wrong.
 */
export function parseEvery(text: string): IntervalSchedule {
  if (text === "")
    throw new ScheduleFault("@every is followed by a space and a duration, such as @every 1h30m");
  let total = 0;
  let rest = text;
  while (rest !== "") {
    const match = /^(\d+\.?\d*|\.\d+)([a-zµμ]*)/.exec(rest);
    if (!match)
      throw new ScheduleFault(`the duration ${quote(text)} has no number where ${quote(rest)} starts`);
    const [part, count = "", unit = ""] = match;
    const factor = Object.hasOwn(nanoseconds, unit) ? nanoseconds[unit] : undefined;
    if (factor === undefined) {
      const fault =
        unit === "" ? `lacks a unit after ${quote(count)}` : `has the unknown unit ${quote(unit)}`;
      throw new ScheduleFault(`the duration ${quote(text)} ${fault}; units are h, m, s, ms, µs and ns`);
    }
    total += Number(count) * factor;
    rest = rest.slice(part.length);
  }
  if (total <= 0) throw new ScheduleFault(`the duration ${quote(text)} must be longer than nothing`);
  // Sums of decimals may end a hair below the second that is meant.
  const seconds = Math.max(1, Math.floor(total / 1e9 + 1e-9));
  if (!(seconds <= longestSeconds))
    throw new ScheduleFault(`the duration ${quote(text)} is longer than a hundred years`);
  return { kind: "interval", milliseconds: seconds * 1000 };
}
