import type { TacticsConfig } from "@functiongraph/types";
import type { Caller } from "../../contract/handler.ts";
import type { Reader } from "../../store/store.ts";
import type { App } from "../app.ts";
import { type FoundFunction, findFunction } from "../functions/find-function.ts";
import { aliases, aliasKey } from "../functions/records.ts";
import { ServiceError } from "../service-error.ts";
import { readPolicies } from "./read-policies.ts";
import {
  putReservation,
  type ReservationRecord,
  reservationKey,
  reservationPrefix,
  reservations,
} from "./records.ts";
import { largestReservedCount } from "./reserved-count.ts";

/** A whole reservation as a request sets it. */
export interface ReservationInput {
  readonly count: number;
  readonly idleMode: boolean;
  readonly policies: TacticsConfig | undefined;
}

/** At most so much of what a project may run at a time can be reserved. */
export const reservable = 0.9;

/**
 * Sets the reservation of a version or alias; without instances and policies it ends.
 * @throws ServiceError FSS.0400 (a policy, or version and alias at once), FSS.1026 (counts), FSS.1051, FSS.1052, FSS.1053, FSS.1309.
 */
export function setReservation(
  app: App,
  caller: Caller,
  urn: string,
  input: ReservationInput,
): ReservationRecord {
  return app.store.write((tx) => {
    const found = findFunction(tx, caller.projectId, urn);
    const { package: pkg, name } = found.record;
    const { qualifier } = found;
    const reservation = {
      package: pkg,
      name,
      qualifier,
      count: input.count,
      idleMode: input.idleMode,
      ...readPolicies(input.policies),
    };
    const key = reservationKey(pkg, name, qualifier);
    refuseTooMany(tx, app, caller.projectId, key, reservation);
    if (reservation.count === 0 && !reservation.cronPolicies && !reservation.loadPolicies) {
      tx.delete(reservations, caller.projectId, key);
    } else {
      refuseSecond(tx, caller.projectId, found);
      putReservation(tx, caller.projectId, reservation);
    }
    return reservation;
  });
}

function refuseTooMany(
  tx: Reader,
  app: App,
  project: string,
  key: string,
  reservation: ReservationRecord,
): void {
  const wanted = largestReservedCount(reservation);
  if (reservation.count < 0)
    throw new ServiceError(
      "FSS.1026",
      `Invalid Concurrency. count must not be negative and is ${reservation.count}.`,
    );
  const others = tx.list(reservations, project).filter(({ id }) => id !== key);
  const taken = others.reduce((sum, { value }) => sum + largestReservedCount(value), 0);
  const most = Math.floor(app.limits.concurrentExecutions * reservable);
  // Ending a reservation is never refused, even when a lower limit has come since.
  if (wanted === 0 || wanted + taken <= most) return;
  throw new ServiceError(
    "FSS.1026",
    `Invalid Concurrency. count, that of every schedule included, must be at most ${Math.max(0, most - taken)} and is ${wanted}: a project can reserve ${most} instances, of which others have ${taken}.`,
  );
}

function refuseSecond(tx: Reader, project: string, { record, version, alias }: FoundFunction): void {
  const { package: pkg, name } = record;
  if (alias && tx.get(reservations, project, reservationKey(pkg, name, { version: version.version }))) {
    throw second(`the version ${version.version} behind the alias ${alias.name} has one`);
  }
  if (alias) return;
  for (const { value } of tx.list(reservations, project, { prefix: `${reservationPrefix(pkg, name)}!` })) {
    if (!("alias" in value.qualifier)) continue;
    const other = tx.get(aliases, project, aliasKey(pkg, name, value.qualifier.alias));
    if (other?.version === version.version)
      throw second(`the alias ${other.name} of the version ${version.version} has one`);
  }
}

function second(why: string): ServiceError {
  return new ServiceError(
    "FSS.0400",
    `invalid parameter. An alias and the version behind it cannot both have a reservation, and ${why}.`,
  );
}
