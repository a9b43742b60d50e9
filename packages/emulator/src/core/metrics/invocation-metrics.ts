import { type Collection, collection, type Reader, type Writer } from "../../store/store.ts";

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
  readonly duration?: number;
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

/** Adds one call to the figures of its minute and month; in the transaction of whoever ends the call. */
export function recordInvocation(tx: Writer, project: string, invocation: Invocation): void {
  const at = invocation.startedAt.getTime();
  const minute = at - (at % minuteLength);
  const key = `${minuteKey(minute)}:${invocation.functionId}:${invocation.version}`;
  const before = tx.get(invocationMinutes, project, key);
  if (!before) clearOld(tx, project, minute);
  tx.put(invocationMinutes, project, key, addCall(before, minute, invocation));
  const month = invocation.startedAt.toISOString().slice(0, 7);
  tx.put(monthlyUsage, project, month, addUsage(tx.get(monthlyUsage, project, month), invocation));
}

/** The minutes from a moment on, in the order of time. Milliseconds since 1970. */
export function minutesSince(tx: Reader, project: string, from: number): InvocationMinute[] {
  // No key is as short as a minute alone, so the one that starts then comes behind it.
  return tx
    .list(invocationMinutes, project, { after: minuteKey(from - (from % minuteLength)) })
    .map((entry) => entry.value);
}

function addCall(before: InvocationMinute | undefined, minute: number, call: Invocation): InvocationMinute {
  const { duration } = call;
  const ran = before?.ran ?? 0;
  return {
    package: call.package,
    name: call.name,
    functionId: call.functionId,
    version: call.version,
    minute,
    count: (before?.count ?? 0) + 1,
    functionErrors: (before?.functionErrors ?? 0) + (call.outcome === "function-error" ? 1 : 0),
    systemErrors: (before?.systemErrors ?? 0) + (call.outcome === "system-error" ? 1 : 0),
    rejected: (before?.rejected ?? 0) + (call.outcome === "rejected" ? 1 : 0),
    ran: ran + (duration === undefined ? 0 : 1),
    totalDuration: (before?.totalDuration ?? 0) + (duration ?? 0),
    maxDuration: Math.max(before?.maxDuration ?? 0, duration ?? 0),
    minDuration:
      before && ran > 0 ? Math.min(before.minDuration, duration ?? before.minDuration) : (duration ?? 0),
    onDemandInstances: Math.max(before?.onDemandInstances ?? 0, call.onDemandInstances),
    reservedInstances: Math.max(before?.reservedInstances ?? 0, call.reservedInstances),
  };
}

function addUsage(
  before: MonthlyRecord | undefined,
  { duration = 0, memoryMb, gpuMemoryMb = 0 }: Invocation,
): MonthlyRecord {
  const seconds = duration / 1000;
  return {
    count: (before?.count ?? 0) + 1,
    gbs: (before?.gbs ?? 0) + (memoryMb / 1024) * seconds,
    gpuGbs: (before?.gpuGbs ?? 0) + (gpuMemoryMb / 1024) * seconds,
  };
}

function clearOld(tx: Writer, project: string, now: number): void {
  const oldest = tx.list(invocationMinutes, project, { limit: clearedAtOnce });
  for (const { id, value } of oldest) {
    if (value.minute < now - keptMilliseconds) tx.delete(invocationMinutes, project, id);
  }
}

// Fifteen digits last longer than a Date does, so that the order of the keys is that of the time.
function minuteKey(minute: number): string {
  return String(Math.max(0, minute)).padStart(15, "0");
}
