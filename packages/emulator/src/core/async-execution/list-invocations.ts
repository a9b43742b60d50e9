import type { Reader } from "../../store/store.ts";
import { findFunction } from "../functions/find-function.ts";
import { ServiceError } from "../service-error.ts";
import {
  type AsyncInvocationRecord,
  type AsyncStatus,
  asyncInvocationPrefix,
  asyncInvocations,
} from "./invocation-records.ts";

/** What a list of records is narrowed by. */
export interface AsyncInvocationFilter {
  readonly requestId?: string | undefined;
  readonly status?: AsyncStatus | undefined;
  /** UTC, without a zone or with `Z`. */
  readonly begin?: string | undefined;
  readonly end?: string | undefined;
}

const hour = 3_600_000;

/**
 * The recorded requests of a function, or of the version that the URN names, oldest first; by default those of the last hour.
 * @throws ServiceError FSS.1001 (a time), FSS.1051, FSS.1052, FSS.1053, FSS.1309.
 */
export function listAsyncInvocationRecords(
  tx: Reader,
  project: string,
  urn: string,
  filter: AsyncInvocationFilter,
  now: Date,
): AsyncInvocationRecord[] {
  const { record, reference, version } = findFunction(tx, project, urn);
  const end = readTime("query_end_time", filter.end) ?? now.getTime();
  const begin = readTime("query_begin_time", filter.begin) ?? end - hour;
  if (begin > end) {
    throw new ServiceError(
      "FSS.1001",
      `Invalid query parameter. query_begin_time must not be later than query_end_time and is ${begin - end} milliseconds later.`,
    );
  }
  // A time in whole seconds stands for the whole second.
  const last = filter.end !== undefined && end % 1000 === 0 ? end + 999 : end;
  const all = tx
    .list(asyncInvocations, project, { prefix: asyncInvocationPrefix(record.package, record.name) })
    .map((entry) => entry.value);
  return all.filter(
    (one) =>
      one.listed &&
      one.startTime >= begin &&
      one.startTime <= last &&
      (filter.requestId === undefined || one.requestId === filter.requestId) &&
      (filter.status === undefined || one.status === filter.status) &&
      (!reference.qualifier || one.version === version.version),
  );
}

function readTime(parameter: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const match = /^(\d{4}-\d{2}-(\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d+)?)Z?$/.exec(text);
  const time = new Date(`${match?.[1]}Z`);
  // A day that the month does not have would count as one of the next month.
  if (Number.isNaN(time.getTime()) || time.getUTCDate() !== Number(match?.[2])) {
    throw new ServiceError(
      "FSS.1001",
      `Invalid query parameter. ${parameter} must be a time as YYYY-MM-DDTHH:mm:ss and is "${text.slice(0, 64)}".`,
    );
  }
  return time.getTime();
}
