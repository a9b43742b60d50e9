import type { Reader } from "../../store/store.ts";
import { functionKey, functions } from "../functions/records.ts";
import { ServiceError } from "../service-error.ts";
import { type InvocationMinute, minutesSince } from "./invocation-metrics.ts";
import { measures } from "./series.ts";

/** A function with its value of the metric. */
export interface RankedFunction {
  readonly package: string;
  readonly name: string;
  readonly value: number;
}

const metrics = {
  count: measures.count,
  failcount: measures.fail_count,
  rejectcount: measures.reject_count,
  duration: measures.duration,
  maxDuration: measures.max_duration,
  minDuration: measures.min_duration,
} as const;

/**
 * The functions with the largest values of a metric within a time, largest first; those without any are left out.
 * @param from start and end of the time, milliseconds since 1970
 * @throws ServiceError FSS.1001 for a metric that is not known.
 */
export function topFunctions(
  tx: Reader,
  project: string,
  metric: string,
  from: number,
  to: number,
  most: number,
): RankedFunction[] {
  if (!Object.hasOwn(metrics, metric)) {
    throw new ServiceError(
      "FSS.1001",
      `Invalid query parameter. type must be one of ${Object.keys(metrics).join(", ")} and is "${metric.slice(0, 64)}".`,
    );
  }
  const measure = metrics[metric as keyof typeof metrics]; // the line above lets nothing else through
  const ranked: RankedFunction[] = [];
  for (const minutes of byFunction(tx, project, from, to)) {
    const value = Math.round(measure(minutes));
    const [first] = minutes;
    if (value > 0 && first) ranked.push({ package: first.package, name: first.name, value });
  }
  return ranked
    .sort(
      (a, b) =>
        b.value - a.value || (functionKey(a.package, a.name) < functionKey(b.package, b.name) ? -1 : 1),
    )
    .slice(0, most);
}

function byFunction(tx: Reader, project: string, from: number, to: number): Iterable<InvocationMinute[]> {
  const found = new Map<string, InvocationMinute[]>();
  for (const minute of minutesSince(tx, project, from)) {
    if (minute.minute > to) break;
    const list = found.get(minute.functionId);
    if (list) list.push(minute);
    // A function that was deleted keeps its figures in those of the project, but has no URN any more.
    else if (
      tx.get(functions, project, functionKey(minute.package, minute.name))?.functionId === minute.functionId
    )
      found.set(minute.functionId, [minute]);
  }
  return found.values();
}
