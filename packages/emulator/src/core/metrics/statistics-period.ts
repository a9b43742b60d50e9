import { keptMilliseconds } from "./invocation-metrics.ts";

/** The points of time of a series. Milliseconds; each point stands for the interval that starts with it. */
export interface SeriesTimes {
  readonly first: number;
  readonly step: number;
  readonly points: number;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const dateTime = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * Reads a `period`: minutes up to now in digits or, as a Go client sends it, the time at which the series start.
 * @returns what is wrong with it, to follow its name, when it is neither, or reaches back further than figures are kept.
 */
export function readPeriod(text: string, now: number): SeriesTimes | string {
  const length = periodLength(text, now);
  const shown = JSON.stringify(text.slice(0, 64));
  if (length === undefined)
    return `must be minutes in digits, from 1 on, or a time like 2026-03-02T09:00:00Z, and is ${shown}`;
  if (length > keptMilliseconds)
    return `must not reach back further than the ${keptMilliseconds / day} days for which figures are kept, and is ${shown}`;
  return seriesTimes(length, now);
}

function periodLength(text: string, now: number): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) * minute || undefined;
  if (!dateTime.test(text)) return undefined;
  const start = Date.parse(text);
  return Number.isNaN(start) ? undefined : Math.max(minute, now - start);
}

/** Minutes up to an hour, hours up to two days, days beyond, at full minutes, hours and days; the last point holds the present. */
function seriesTimes(length: number, now: number): SeriesTimes {
  const step = length <= hour ? minute : length <= 2 * day ? hour : day;
  const points = Math.ceil(length / step);
  const last = now - (now % step);
  return { first: last - (points - 1) * step, step, points };
}
