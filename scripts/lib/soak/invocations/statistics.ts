import type { FunctionService } from "../running/function-service.ts";
import type { SoakFunction } from "./kinds.ts";

type Series = readonly { readonly value: number }[];

/** A day in minutes: longer than any run. */
const period = 1440;

/** Holds what the API says about calls against those that were made. */
export async function compareStatistics(
  service: FunctionService,
  made: Readonly<Record<SoakFunction, { readonly calls: number; readonly failures: number }>>,
): Promise<string[]> {
  const problems: string[] = [];
  for (const [name, { calls, failures }] of Object.entries(made)) {
    const told = await service.ask("GET", `/${service.urn(name)}/statistics/${period}`);
    const counted = {
      calls: sum(told.count),
      failures: sum(told.fail_count),
      rejected: sum(told.reject_count),
    };
    const wanted = { calls, failures, rejected: 0 };
    if (JSON.stringify(counted) !== JSON.stringify(wanted))
      problems.push(
        `the statistics of ${name} say ${JSON.stringify(counted)} and should say ${JSON.stringify(wanted)}`,
      );
  }
  return problems;
}

/** Of the intervals that have a value; -1 stands for those without calls. */
function sum(series: Series): number {
  return series.reduce((total, { value }) => total + Math.max(0, value), 0);
}
