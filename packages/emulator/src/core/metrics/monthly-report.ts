import type { MonthlyUsage } from "@functiongraph/types";
import type { Reader } from "../../store/store.ts";
import { type MonthlyRecord, monthlyUsage } from "./invocation-metrics.ts";

/** Usage per month, oldest month first. */
export interface MonthlyReport {
  readonly count: MonthlyUsage[];
  readonly gbs: MonthlyUsage[];
  readonly gpu_gbs: MonthlyUsage[];
}

// How many months the report has, and how many months ago the newest of them was.
const reports: Readonly<Record<string, readonly [months: number, ago: number]>> = {
  0: [1, 0],
  1: [1, 1],
  2: [3, 0],
  3: [6, 0],
};

/**
 * What a project used in the months that an option names; an option that is not known counts as `0`, the present month.
 */
export function monthlyReport(tx: Reader, project: string, option: string, now: Date): MonthlyReport {
  const [count, ago] = (Object.hasOwn(reports, option) && reports[option]) || [1, 0];
  const months = Array.from({ length: count }, (_, index) => monthBefore(now, ago + count - 1 - index)).map(
    (date) => ({
      date,
      used: tx.get(monthlyUsage, project, date),
    }),
  );
  const list = (of: (used: MonthlyRecord) => number): MonthlyUsage[] =>
    months.map(({ date, used }) => ({ date, value: used ? of(used) : 0 }));
  return {
    count: list((used) => used.count),
    gbs: list((used) => round(used.gbs)),
    gpu_gbs: list((used) => round(used.gpuGbs)),
  };
}

function monthBefore(now: Date, months: number): string {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1)).toISOString().slice(0, 7);
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
