import type { DeleteHook } from "../functions/delete-hooks.ts";
import { functionKey } from "../functions/records.ts";
import { tags } from "./tags.ts";

/** Forgets the tags of a function; its versions and aliases have none of their own. */
export const deleteTagsOf: DeleteHook = (tx, project, pkg, name, qualifier) => {
  if (qualifier === undefined) tx.delete(tags, project, functionKey(pkg, name));
};
