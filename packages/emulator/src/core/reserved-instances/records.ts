import { type Collection, collection, type Reader, type Writer } from "../../store/store.ts";
import type { Qualifier } from "../functions/urn.ts";

/** A change of the number of instances by the clock. */
export interface CronPolicy {
  readonly name: string;
  /** Six fields from the seconds on, in UTC. */
  readonly cron: string;
  readonly count: number;
  /** From when and until when it is in force, seconds since 1970. */
  readonly startTime: number;
  readonly expiredTime: number;
}

/** A change of the number of instances by load. */
export interface LoadPolicy {
  readonly name: string;
  readonly type: string;
  /** Percent. */
  readonly threshold: number;
  readonly min: number;
}

/** What is reserved for one version or alias. Stored under `reservationKey`. */
export interface ReservationRecord {
  readonly package: string;
  readonly name: string;
  readonly qualifier: Qualifier;
  /** Instances that are always kept. */
  readonly count: number;
  readonly idleMode: boolean;
  readonly cronPolicies?: readonly CronPolicy[];
  readonly loadPolicies?: readonly LoadPolicy[];
}

export const reservations: Collection<ReservationRecord> = collection("reservation");
/** The projects that ever had a reservation, in the space of no project: nothing else says where to look after a restart. */
const reservingProjects: Collection<true> = collection("reservation-project");

/** Stores a reservation. */
export function putReservation(tx: Writer, project: string, reservation: ReservationRecord): void {
  const { package: pkg, name, qualifier } = reservation;
  tx.put(reservations, project, reservationKey(pkg, name, qualifier), reservation);
  if (!tx.get(reservingProjects, "", project)) tx.put(reservingProjects, "", project, true);
}

/** Projects that may have reservations. */
export function projectsWithReservations(tx: Reader): string[] {
  return tx.list(reservingProjects, "").map(({ id }) => id);
}

export const reservationPrefix = (pkg: string, name: string): string => `${pkg}:${name}:`;
/** An alias has its exclamation mark here as in URNs, so that it cannot be taken for a version. */
export const reservationKey = (pkg: string, name: string, qualifier: Qualifier): string =>
  `${reservationPrefix(pkg, name)}${"alias" in qualifier ? `!${qualifier.alias}` : qualifier.version}`;
