import type { DeleteHook } from "../functions/delete-hooks.ts";
import { versionKey } from "../functions/records.ts";
import { snapshots } from "./snapshots.ts";

/** Forgets the snapshots of a version, or of all versions of a function. */
export const deleteSnapshotsOf: DeleteHook = (tx, project, pkg, name, qualifier) => {
  if (qualifier !== undefined) {
    tx.delete(snapshots, project, versionKey(pkg, name, qualifier));
    return;
  }
  for (const { id } of tx.list(snapshots, project, { prefix: versionKey(pkg, name, "") }))
    tx.delete(snapshots, project, id);
};
