import type { FuncReservedInstance, ReservedInstanceConfig, TacticsConfig } from "@functiongraph/types";
import { formatUrn } from "../functions/urn.ts";
import type { ReservationRecord } from "./records.ts";
import { reservedCount } from "./reserved-count.ts";

/** The policies of a reservation as the API writes them; nothing when there are none. */
export function showPolicies({ cronPolicies, loadPolicies }: ReservationRecord): {
  readonly tactics_config?: TacticsConfig;
} {
  if (!cronPolicies && !loadPolicies) return {};
  const cron_configs = cronPolicies?.map(({ name, cron, count, startTime, expiredTime }) => ({
    name,
    cron,
    count,
    start_time: startTime,
    expired_time: expiredTime,
  }));
  const metric_configs = loadPolicies?.map(({ name, type, threshold, min }) => ({
    name,
    type,
    threshold,
    min,
  }));
  return {
    tactics_config: { ...(cron_configs && { cron_configs }), ...(metric_configs && { metric_configs }) },
  };
}

/** A reservation as the list of configurations shows it. */
export function showReservation(
  region: string,
  project: string,
  reservation: ReservationRecord,
): ReservedInstanceConfig {
  const { qualifier } = reservation;
  return {
    function_urn: urnOf(region, project, reservation),
    qualifier_type: "alias" in qualifier ? "alias" : "version",
    qualifier_name: "alias" in qualifier ? qualifier.alias : qualifier.version,
    min_count: reservation.count,
    idle_mode: reservation.idleMode,
    ...showPolicies(reservation),
  };
}

/**
 * A reservation as the list of counts shows it.
 * @param kept instances that are kept now: more than schedules say where a load policy added some
 */
export function showReservedCount(
  region: string,
  project: string,
  reservation: ReservationRecord,
  now: Date,
  kept = 0,
): FuncReservedInstance {
  const count = Math.max(reservedCount(reservation, now), reservation.loadPolicies ? kept : 0);
  return { func_urn: urnOf(region, project, reservation), count };
}

function urnOf(region: string, project: string, reservation: ReservationRecord): string {
  return formatUrn(region, project, reservation.package, reservation.name, reservation.qualifier);
}
