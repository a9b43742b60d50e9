import { parseCron } from "../schedule/parse-cron.ts";
import { lastFiring } from "./last-firing.ts";
import type { CronPolicy, ReservationRecord } from "./records.ts";

/**
 * How many instances a reservation keeps at a moment: the count of the schedule that came last, while it is in force, but
 * never less than the fixed count. Load policies change nothing here: whoever knows the load adds to it.
 */
export function reservedCount(reservation: ReservationRecord, now: Date): number {
  let last: { readonly at: number; readonly policy: CronPolicy } | undefined;
  for (const policy of reservation.cronPolicies ?? []) {
    const at = lastFiringOf(policy, now.getTime());
    if (at !== undefined && (!last || at >= last.at)) last = { at, policy };
  }
  return Math.max(reservation.count, last?.policy.count ?? 0);
}

/** The most that a reservation can ever keep by its fixed count and its schedules. */
export function largestReservedCount(reservation: ReservationRecord): number {
  return Math.max(reservation.count, ...(reservation.cronPolicies ?? []).map((policy) => policy.count));
}

function lastFiringOf({ cron, startTime, expiredTime }: CronPolicy, now: number): number | undefined {
  return now >= expiredTime * 1000 ? undefined : lastFiring(parseCron(cron), startTime * 1000, now);
}
