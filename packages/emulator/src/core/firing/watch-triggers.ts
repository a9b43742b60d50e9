import type { Store } from "../../store/store.ts";
import { watchCollections } from "../../store/watch-collections.ts";
import { type TriggerRecord, triggers } from "../triggers/records.ts";
import { TriggerIndex } from "./trigger-index.ts";

/** A store that tells an index what becomes of the triggers in it. */
export interface WatchedTriggers {
  /** Takes the place of the store that was given: what goes past it is not noticed. */
  readonly store: Store;
  readonly triggers: TriggerIndex;
}

/** Watches a store for changes of triggers: operations on triggers, the deletion of functions, an import, a reset or a snapshot. */
export function watchTriggers(store: Store): WatchedTriggers {
  const index = new TriggerIndex(store);
  const watched = watchCollections(store, [triggers], (changes) => {
    if (changes === "all") index.reload();
    else
      index.apply(
        changes.map(({ project, id: key, value }) => ({
          project,
          key,
          // What is put under the name of this collection has its shape.
          trigger: value as unknown as TriggerRecord | undefined,
        })),
      );
  });
  return { store: watched, triggers: index };
}
