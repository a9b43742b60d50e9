import type { DeleteHook } from "../functions/delete-hooks.ts";
import { functionKey } from "../functions/records.ts";
import { tracings } from "./tracing.ts";

/** Forgets the tracing credentials of a function; versions and aliases have none. */
export const deleteTracingOf: DeleteHook = (tx, project, pkg, name, qualifier) => {
  if (qualifier === undefined) tx.delete(tracings, project, functionKey(pkg, name));
};
