import type { FunctionConfig } from "@functiongraph/types";
import type { Reader } from "../../store/store.ts";
import { aliases, aliasKey } from "../functions/records.ts";
import { type ReservationRecord, reservationKey, reservationPrefix, reservations } from "./records.ts";

/** What the configuration of a version says of its reservation; nothing when neither it nor an alias of it has one. */
export function showReservedInstances(
  tx: Reader,
  project: string,
  { package: pkg, name }: { readonly package: string; readonly name: string },
  version: string,
): Pick<FunctionConfig, "reserved_instance_count" | "reserved_instance_idle_mode"> {
  const own = tx.get(reservations, project, reservationKey(pkg, name, { version }));
  const reservation = own ?? reservationOfAlias(tx, project, pkg, name, version);
  if (!reservation) return {};
  return {
    reserved_instance_count: reservation.count,
    reserved_instance_idle_mode: reservation.idleMode,
  };
}

function reservationOfAlias(
  tx: Reader,
  project: string,
  pkg: string,
  name: string,
  version: string,
): ReservationRecord | undefined {
  const ofAliases = tx.list(reservations, project, { prefix: `${reservationPrefix(pkg, name)}!` });
  return ofAliases.find(
    ({ value: { qualifier } }) =>
      "alias" in qualifier &&
      tx.get(aliases, project, aliasKey(pkg, name, qualifier.alias))?.version === version,
  )?.value;
}
