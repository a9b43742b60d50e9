import { type DeleteHook, deleteHooks } from "./delete-hooks.ts";

/** Has every area remove what it keeps about a function, a version (`v1`) or an alias (`!prod`) that is being deleted. */
export const runDeleteHooks: DeleteHook = (tx, project, pkg, name, qualifier) => {
  for (const hook of deleteHooks) hook(tx, project, pkg, name, qualifier);
};
