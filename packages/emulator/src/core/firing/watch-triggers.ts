import type { Store, Writer } from "../../store/store.ts";
import { type TriggerRecord, triggers } from "../triggers/records.ts";
import { type TriggerChange, TriggerIndex } from "./trigger-index.ts";

/** A store that tells an index what becomes of the triggers in it. */
export interface WatchedTriggers {
  /** Takes the place of the store that was given: what goes past it is not noticed. */
  readonly store: Store;
  readonly triggers: TriggerIndex;
}

/**
 * Watches a store for changes of triggers, whoever makes them: operations on triggers, the deletion of functions, an import, a reset or a
 * snapshot. No part of the core has to tell, so that none can forget to.
 */
export function watchTriggers(store: Store): WatchedTriggers {
  const index = new TriggerIndex(store);
  return {
    triggers: index,
    store: {
      get changes() {
        return store.changes;
      },
      read: (work) => store.read(work),
      write: (work) => {
        const changes = new Map<string, TriggerChange>();
        const result = store.write((tx) => work(noting(tx, changes)));
        // Only now: a transaction that throws has changed nothing.
        if (changes.size > 0) index.apply([...changes.values()]);
        return result;
      },
      documents: () => store.documents(),
      replace: (documents) => {
        store.replace(documents);
        index.reload();
      },
      close: () => store.close(),
    },
  };
}

function noting(tx: Writer, changes: Map<string, TriggerChange>): Writer {
  const note = (project: string, key: string, trigger: TriggerRecord | undefined): void =>
    void changes.set(`${project} ${key}`, { project, key, trigger });
  return {
    get: (collection, project, id) => tx.get(collection, project, id),
    list: (collection, project, range) => tx.list(collection, project, range),
    count: (collection, project, prefix) => tx.count(collection, project, prefix),
    put: (collection, project, id, value) => {
      tx.put(collection, project, id, value);
      // What is put under the name of this collection has its shape.
      if (collection.name === triggers.name) note(project, id, value as unknown as TriggerRecord);
    },
    delete: (collection, project, id) => {
      const was = tx.delete(collection, project, id);
      if (was && collection.name === triggers.name) note(project, id, undefined);
      return was;
    },
  };
}
