import { nextMillisecond } from "../schedule/next-time.ts";
import { parseCron } from "../schedule/parse-cron.ts";
import { lastFiring } from "./last-firing.ts";
import type { CronPolicy, ReservationRecord } from "./records.ts";

/**
 * How many instances a reservation keeps at a moment: the count of the schedule that came last, while it is in force, but
 * never less than the fixed count. Load policies change nothing here: whoever knows the load adds to it.
 */
export function reservedCount(reservation: ReservationRecord, now: Date): number {
  return Math.max(reservation.count, policyInForce(reservation, now.getTime())?.count ?? 0);
}

/**
 * The next moment at which the schedules of a reservation may change its count; none when none will. All times are milliseconds since 1970.
 */
export function nextCountChange(reservation: ReservationRecord, now: number): number | undefined {
  const inForce = policyInForce(reservation, now);
  const times = (reservation.cronPolicies ?? []).flatMap((policy) => {
    const end = policy.expiredTime * 1000;
    if (end <= now) return [];
    // What is in force already changes nothing by coming again.
    if (policy === inForce) return [end];
    const start = policy.startTime * 1000;
    const next = nextMillisecond(parseCron(policy.cron), Math.max(now, start - 1), start);
    return next === undefined || next >= end ? [] : [next];
  });
  return times.length === 0 ? undefined : Math.min(...times);
}

function policyInForce({ cronPolicies = [] }: ReservationRecord, now: number): CronPolicy | undefined {
  let last: { readonly at: number; readonly policy: CronPolicy } | undefined;
  for (const policy of cronPolicies) {
    const at = lastFiringOf(policy, now);
    if (at !== undefined && (!last || at >= last.at)) last = { at, policy };
  }
  return last?.policy;
}

/** The most that a reservation can ever keep by its fixed count and its schedules. */
export function largestReservedCount(reservation: ReservationRecord): number {
  return Math.max(reservation.count, ...(reservation.cronPolicies ?? []).map((policy) => policy.count));
}

function lastFiringOf({ cron, startTime, expiredTime }: CronPolicy, now: number): number | undefined {
  return now >= expiredTime * 1000 ? undefined : lastFiring(parseCron(cron), startTime * 1000, now);
}
