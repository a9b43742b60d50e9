import type { DeleteHook } from "../functions/delete-hooks.ts";
import { functionKey } from "../functions/records.ts";
import { reservationPrefix, reservations } from "./records.ts";

/** Ends the reservation of a version or alias, or all those of a function. */
export const deleteReservationsOf: DeleteHook = (tx, project, pkg, name, qualifier) => {
  if (qualifier !== undefined) {
    tx.delete(reservations, project, `${functionKey(pkg, name)}:${qualifier}`);
    return;
  }
  for (const { id } of tx.list(reservations, project, { prefix: reservationPrefix(pkg, name) }))
    tx.delete(reservations, project, id);
};
