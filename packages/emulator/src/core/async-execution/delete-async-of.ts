import type { DeleteHook } from "../functions/delete-hooks.ts";
import { functionKey, versionKey } from "../functions/records.ts";
import { asyncConfigs } from "./config-records.ts";
import { asyncInvocationKeys, asyncInvocationPrefix, asyncInvocations } from "./invocation-records.ts";

/** Forgets the asynchronous settings of a version, or the settings of all versions of a function and the records of its requests. */
export const deleteAsyncOf: DeleteHook = (tx, project, pkg, name, qualifier) => {
  if (qualifier !== undefined) {
    tx.delete(asyncConfigs, project, versionKey(pkg, name, qualifier));
    return;
  }
  for (const { id } of tx.list(asyncConfigs, project, { prefix: `${functionKey(pkg, name)}:` }))
    tx.delete(asyncConfigs, project, id);
  for (const { id, value } of tx.list(asyncInvocations, project, {
    prefix: asyncInvocationPrefix(pkg, name),
  })) {
    tx.delete(asyncInvocations, project, id);
    tx.delete(asyncInvocationKeys, project, value.requestId);
  }
};
