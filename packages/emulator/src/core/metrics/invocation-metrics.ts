import { type Collection, collection, type Reader, type Writer } from "../../store/store.ts";
import { minuteKey, recordFailures } from "./failures.ts";

/** One call of a function that has ended, or was turned away. */
export interface Invocation {
  readonly package: string;
  readonly name: string;
  readonly functionId: string;
  readonly version: string;
  /** When it started to run or was rejected. */
  readonly startedAt: Date;
  /** `rejected` never ran. */
  readonly outcome: "success" | "function-error" | "system-error" | "rejected";
  /** Milliseconds; left out for a rejected call. */
  readonly duration?: number | undefined;
  /** Milliseconds that count for the usage of the month; the duration unless it is said. */
  readonly billed?: number | undefined;
  readonly memoryMb: number;
  readonly gpuMemoryMb?: number;
  /** Instances of the version at that moment, those started on demand and those kept by a reservation. */
  readonly onDemandInstances: number;
  readonly reservedInstances: number;
}

/** All calls of one version within one minute. Stored under the minute first, so that a span of time is one range. */
export interface InvocationMinute {
  readonly package: string;
  readonly name: string;
  readonly functionId: string;
  readonly version: string;
  /** Start of the minute, milliseconds since 1970. */
  readonly minute: number;
  readonly count: number;
  readonly functionErrors: number;
  readonly systemErrors: number;
  readonly rejected: number;
  /** Calls that ran, and their run times in milliseconds: together, longest, shortest. */
  readonly ran: number;
  readonly totalDuration: number;
  readonly maxDuration: number;
  readonly minDuration: number;
  readonly onDemandInstances: number;
  readonly reservedInstances: number;
}

/** What a project has used in a month. Stored under the month as `2026-03`. */
export interface MonthlyRecord {
  readonly count: number;
  /** Gigabyte-seconds of memory, and of graphics memory. */
  readonly gbs: number;
  readonly gpuGbs: number;
}

export const invocationMinutes: Collection<InvocationMinute> = collection("invocation-minute");
export const monthlyUsage: Collection<MonthlyRecord> = collection("monthly-usage");

/** Minutes are kept for 31 days, months for ever. */
export const keptMilliseconds: number = 31 * 86_400_000;
/** Each new minute takes a few of those that are too old along, so that no call has to clear up much. */
const clearedAtOnce = 8;
const minuteLength = 60_000;

/** Calls of one version within one minute, summed up, and what they add to the month. */
export interface InvocationSum {
  readonly minute: Writable<InvocationMinute>;
  readonly usage: Writable<MonthlyRecord>;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Adds one call to the figures of its minute and month; in the transaction of whoever ends the call. */
export function recordInvocation(tx: Writer, project: string, invocation: Invocation): void {
  recordInvocations(tx, project, [sumOf(invocation)]);
}

/** Adds sums of calls to the figures of their minutes and months. */
export function recordInvocations(tx: Writer, project: string, sums: Iterable<InvocationSum>): void {
  for (const { minute, usage } of sums) {
    const key = `${minuteKey(minute.minute)}:${minute.functionId}:${minute.version}`;
    const before = tx.get(invocationMinutes, project, key);
    if (!before) clearOld(tx, project, minute.minute);
    tx.put(invocationMinutes, project, key, before ? joinMinutes(before, minute) : minute);
    // A minute lies within one month.
    const month = new Date(minute.minute).toISOString().slice(0, 7);
    const used = tx.get(monthlyUsage, project, month);
    tx.put(monthlyUsage, project, month, used ? joinUsage(used, usage) : usage);
    const failed = minute.functionErrors + minute.systemErrors;
    if (failed > 0) recordFailures(tx, project, minute, minute.minute, failed);
  }
}

/** The sum of one call. */
export function sumOf(invocation: Invocation): InvocationSum {
  return { minute: minuteOf(invocation), usage: usageOf(invocation) };
}

/** Adds one more call, which must be of the same version and minute, to a sum: in place, as it is done for each call. */
export function addInvocation({ minute, usage }: InvocationSum, call: Invocation): void {
  const { duration, outcome, billed = duration ?? 0 } = call;
  minute.count += 1;
  if (outcome === "function-error") minute.functionErrors += 1;
  if (outcome === "system-error") minute.systemErrors += 1;
  if (outcome === "rejected") minute.rejected += 1;
  if (duration !== undefined) {
    minute.minDuration = minute.ran === 0 ? duration : Math.min(minute.minDuration, duration);
    minute.maxDuration = Math.max(minute.maxDuration, duration);
    minute.totalDuration += duration;
    minute.ran += 1;
  }
  minute.onDemandInstances = Math.max(minute.onDemandInstances, call.onDemandInstances);
  minute.reservedInstances = Math.max(minute.reservedInstances, call.reservedInstances);
  usage.count += 1;
  usage.gbs += gigabyteSeconds(call.memoryMb, billed);
  usage.gpuGbs += gigabyteSeconds(call.gpuMemoryMb ?? 0, billed);
}

/** Start of the minute that a moment lies in; both in milliseconds since 1970. */
export function startOfMinute(at: number): number {
  return at - (at % minuteLength);
}

/** The minutes from a moment on, in the order of time. Milliseconds since 1970. */
export function minutesSince(tx: Reader, project: string, from: number): InvocationMinute[] {
  // No key is as short as a minute alone, so the one that starts then comes behind it.
  return tx
    .list(invocationMinutes, project, { after: minuteKey(from - (from % minuteLength)) })
    .map((entry) => entry.value);
}

function minuteOf(call: Invocation): Writable<InvocationMinute> {
  const { duration, outcome } = call;
  return {
    package: call.package,
    name: call.name,
    functionId: call.functionId,
    version: call.version,
    minute: startOfMinute(call.startedAt.getTime()),
    count: 1,
    functionErrors: outcome === "function-error" ? 1 : 0,
    systemErrors: outcome === "system-error" ? 1 : 0,
    rejected: outcome === "rejected" ? 1 : 0,
    ran: duration === undefined ? 0 : 1,
    totalDuration: duration ?? 0,
    maxDuration: duration ?? 0,
    minDuration: duration ?? 0,
    onDemandInstances: call.onDemandInstances,
    reservedInstances: call.reservedInstances,
  };
}

function usageOf({
  duration = 0,
  billed = duration,
  memoryMb,
  gpuMemoryMb = 0,
}: Invocation): Writable<MonthlyRecord> {
  return {
    count: 1,
    gbs: gigabyteSeconds(memoryMb, billed),
    gpuGbs: gigabyteSeconds(gpuMemoryMb, billed),
  };
}

function gigabyteSeconds(megabytes: number, milliseconds: number): number {
  return (megabytes / 1024) * (milliseconds / 1000);
}

function joinMinutes(one: InvocationMinute, other: InvocationMinute): InvocationMinute {
  return {
    ...other,
    count: one.count + other.count,
    functionErrors: one.functionErrors + other.functionErrors,
    systemErrors: one.systemErrors + other.systemErrors,
    rejected: one.rejected + other.rejected,
    ran: one.ran + other.ran,
    totalDuration: one.totalDuration + other.totalDuration,
    maxDuration: Math.max(one.maxDuration, other.maxDuration),
    minDuration: shortest(one, other),
    onDemandInstances: Math.max(one.onDemandInstances, other.onDemandInstances),
    reservedInstances: Math.max(one.reservedInstances, other.reservedInstances),
  };
}

// Where nothing ran, the 0 is no run time.
function shortest(one: InvocationMinute, other: InvocationMinute): number {
  if (one.ran === 0) return other.minDuration;
  return other.ran === 0 ? one.minDuration : Math.min(one.minDuration, other.minDuration);
}

function joinUsage(one: MonthlyRecord, other: MonthlyRecord): MonthlyRecord {
  return { count: one.count + other.count, gbs: one.gbs + other.gbs, gpuGbs: one.gpuGbs + other.gpuGbs };
}

function clearOld(tx: Writer, project: string, now: number): void {
  const oldest = tx.list(invocationMinutes, project, { limit: clearedAtOnce });
  for (const { id, value } of oldest) {
    if (value.minute < now - keptMilliseconds) tx.delete(invocationMinutes, project, id);
  }
}
