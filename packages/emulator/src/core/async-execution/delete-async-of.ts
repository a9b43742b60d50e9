import type { DeleteHook } from "../functions/delete-hooks.ts";
import { functionKey, versionKey } from "../functions/records.ts";
import { asyncConfigs } from "./config-records.ts";
import { asyncInvocationKeys, asyncInvocationPrefix, asyncInvocations } from "./invocation-records.ts";
import { deleteQueued, queuedRequests } from "./queue-records.ts";

/**
 * Forgets the asynchronous settings of a version, or the settings of all versions of a function, the records of its requests and those that
 * wait or run. Notifications about requests that have ended are still delivered.
 */
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
  for (const { id, value } of tx.list(queuedRequests, project, { prefix: `${functionKey(pkg, name)}:` }))
    deleteQueued(tx, project, { key: id, record: value });
};
