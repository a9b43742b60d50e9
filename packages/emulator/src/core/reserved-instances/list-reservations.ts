import type { Reader } from "../../store/store.ts";
import { findFunction } from "../functions/find-function.ts";
import { type ReservationRecord, reservationKey, reservationPrefix, reservations } from "./records.ts";

/**
 * The reservations of a project, of one function, or of the version or alias that a URN names.
 * @param bare what a URN without version and alias stands for: the whole function, or `latest` of it.
 * @throws ServiceError FSS.1051, FSS.1052, FSS.1053, FSS.1309.
 */
export function listReservations(
  tx: Reader,
  project: string,
  urn: string | undefined,
  bare: "function" | "latest",
): ReservationRecord[] {
  if (urn === undefined || urn === "") return tx.list(reservations, project).map((entry) => entry.value);
  const { record, reference, qualifier } = findFunction(tx, project, urn);
  const { package: pkg, name } = record;
  if (!reference.qualifier && bare === "function") {
    return tx
      .list(reservations, project, { prefix: reservationPrefix(pkg, name) })
      .map((entry) => entry.value);
  }
  const reservation = tx.get(reservations, project, reservationKey(pkg, name, qualifier));
  return reservation ? [reservation] : [];
}
