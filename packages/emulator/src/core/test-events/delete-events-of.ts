import type { DeleteHook } from "../functions/delete-hooks.ts";
import { testEventPrefix, testEvents } from "./records.ts";

/** Forgets the test events of a function; versions and aliases have none. */
export const deleteEventsOf: DeleteHook = (tx, project, pkg, name, qualifier) => {
  if (qualifier !== undefined) return;
  for (const { id } of tx.list(testEvents, project, { prefix: testEventPrefix(pkg, name) }))
    tx.delete(testEvents, project, id);
};
