import type { Store } from "../../store/store.ts";
import { type TriggerRecord, triggers } from "../triggers/records.ts";

/** A trigger with the project that it belongs to. */
export interface ProjectTrigger {
  readonly project: string;
  /** Its key in the store, as `triggerKey` makes it. */
  readonly key: string;
  readonly trigger: TriggerRecord;
}

/** A trigger that was made or changed, or, without a record, one that is gone. */
export interface TriggerChange extends Omit<ProjectTrigger, "trigger"> {
  readonly trigger: TriggerRecord | undefined;
}

/** Is told what a transaction has changed, or `all` when everything may be different. */
export type TriggerListener = (changes: readonly TriggerChange[] | "all") => void;

/** The triggers of all projects, held in memory beside the store that keeps them. `watchTriggers` makes one. */
export class TriggerIndex {
  readonly #store: Store;
  readonly #listeners = new Set<TriggerListener>();
  #triggers = new Map<string, ProjectTrigger>();

  constructor(store: Store) {
    this.#store = store;
    this.#load();
  }

  /** All of them, in no order. */
  all(): Iterable<ProjectTrigger> {
    return this.#triggers.values();
  }

  /** Has a listener called after every change; the answer ends it. */
  subscribe(listener: TriggerListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Reads all triggers from the store again. */
  reload(): void {
    this.#load();
    for (const listener of this.#listeners) listener("all");
  }

  /** Takes over what a transaction has changed. */
  apply(changes: readonly TriggerChange[]): void {
    for (const { project, key, trigger } of changes) {
      if (trigger) this.#triggers.set(place(project, key), { project, key, trigger });
      else this.#triggers.delete(place(project, key));
    }
    for (const listener of this.#listeners) listener(changes);
  }

  #load(): void {
    this.#triggers = new Map();
    for (const { project, id, value } of this.#store.documents(triggers)) {
      // The collection holds nothing else.
      this.#triggers.set(place(project, id), {
        project,
        key: id,
        trigger: value as unknown as TriggerRecord,
      });
    }
  }
}

const place = (project: string, key: string): string => `${project} ${key}`;
