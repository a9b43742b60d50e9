import type { FunctionStatistics } from "@functiongraph/types";
import type { InvocationMinute } from "./invocation-metrics.ts";
import type { SeriesTimes } from "./statistics-period.ts";

/** What the documents call no data. */
const noData = -1;

type Measure = (minutes: readonly InvocationMinute[]) => number;

const sum = (minutes: readonly InvocationMinute[], of: (minute: InvocationMinute) => number): number =>
  minutes.reduce((total, minute) => total + of(minute), 0);
const largest = (minutes: readonly InvocationMinute[], of: (minute: InvocationMinute) => number): number =>
  Math.max(...minutes.map(of));
// Rejected calls have no run time.
const ofThoseThatRan =
  (measure: Measure): Measure =>
  (minutes) => {
    const ran = minutes.filter((minute) => minute.ran > 0);
    return ran.length === 0 ? noData : measure(ran);
  };

/** How each series follows from the minutes of an interval, of which there is one at least. */
export const measures: { readonly [Series in keyof Required<FunctionStatistics>]: Measure } = {
  count: (minutes) => sum(minutes, (minute) => minute.count),
  duration: ofThoseThatRan((minutes) =>
    round(sum(minutes, (minute) => minute.totalDuration) / sum(minutes, (minute) => minute.ran)),
  ),
  max_duration: ofThoseThatRan((minutes) => largest(minutes, (minute) => minute.maxDuration)),
  min_duration: ofThoseThatRan((minutes) => Math.min(...minutes.map((minute) => minute.minDuration))),
  fail_count: (minutes) => sum(minutes, (minute) => minute.functionErrors + minute.systemErrors),
  function_error_count: (minutes) => sum(minutes, (minute) => minute.functionErrors),
  system_error_count: (minutes) => sum(minutes, (minute) => minute.systemErrors),
  reject_count: (minutes) => sum(minutes, (minute) => minute.rejected),
  concurrency_num: (minutes) => largest(minutes, (minute) => minute.onDemandInstances),
  reserved_instance_num: (minutes) => largest(minutes, (minute) => minute.reservedInstances),
};

/** Joins minutes into the series of a statistic; `-1` stands for an interval without calls. */
export function makeSeries(
  minutes: readonly InvocationMinute[],
  { first, step, points }: SeriesTimes,
): FunctionStatistics {
  const intervals: InvocationMinute[][] = Array.from({ length: points }, () => []);
  for (const minute of minutes) intervals[Math.floor((minute.minute - first) / step)]?.push(minute);
  const series: FunctionStatistics = {};
  // Object.keys forgets the names, which are those of `measures`.
  for (const name of Object.keys(measures) as (keyof FunctionStatistics)[]) {
    series[name] = intervals.map((within, index) => ({
      timestamp: first + index * step,
      value: within.length === 0 ? noData : measures[name](within),
    }));
  }
  return series;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
