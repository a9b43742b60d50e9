import type { DeleteHook } from "../functions/delete-hooks.ts";
import { aliases, aliasKey } from "../functions/records.ts";

/** Removes an alias, or all aliases of a function; those of a version are deleted one by one, as each takes its triggers along. */
export const deleteAliasesOf: DeleteHook = (tx, project, pkg, name, qualifier) => {
  if (qualifier === undefined) {
    for (const { id } of tx.list(aliases, project, { prefix: aliasKey(pkg, name, "") }))
      tx.delete(aliases, project, id);
  } else if (qualifier.startsWith("!")) {
    tx.delete(aliases, project, aliasKey(pkg, name, qualifier.slice(1)));
  }
};
