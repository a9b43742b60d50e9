import type { Caller } from "../../contract/handler.ts";
import type { App } from "../app.ts";
import type { DeleteHook } from "../functions/delete-hooks.ts";
import { findFunction } from "../functions/find-function.ts";
import { findTrigger } from "./find-trigger.ts";
import { functionPrefix, holderPrefix, qualifierText, triggerKey, triggers } from "./records.ts";

/**
 * Deletes one trigger.
 * @throws ServiceError those of `findTrigger`.
 */
export function deleteTrigger(app: App, caller: Caller, urn: string, type: string, id: string): void {
  app.store.write((tx) => {
    const { trigger } = findTrigger(tx, caller.projectId, urn, type, id);
    tx.delete(triggers, caller.projectId, triggerKey(trigger));
  });
}

/**
 * Deletes all triggers of the version or alias that the URN names; there need be none.
 * @throws ServiceError FSS.0403, FSS.1051, FSS.1052, FSS.1053, FSS.1309.
 */
export function deleteAllTriggers(app: App, caller: Caller, urn: string): void {
  app.store.write((tx) => {
    const { record, qualifier } = findFunction(tx, caller.projectId, urn);
    deleteTriggersOf(tx, caller.projectId, record.package, record.name, qualifierText(qualifier));
  });
}

/** Forgets the triggers of a version, an alias or a whole function. */
export const deleteTriggersOf: DeleteHook = (tx, project, pkg, name, qualifier) => {
  const prefix = qualifier === undefined ? functionPrefix(pkg, name) : holderPrefix(pkg, name, qualifier);
  for (const { id } of tx.list(triggers, project, { prefix })) tx.delete(triggers, project, id);
};
