import type { Collection, Store, Writer } from "./store.ts";

/** What a transaction has changed, or a snapshot, or a reset: then both are absent, as everything may be different. */
export interface StoreChange {
  readonly project?: string;
  /** Names of collections. */
  readonly collections?: ReadonlySet<string>;
}

/**
 * A store that tells when documents of some collections were put or deleted in it, whoever did so, once for each project after each
 * transaction that has not failed. What goes past it is not noticed.
 * @param changed must not throw: whoever wrote would take it for a failure of the transaction
 */
export function watchCollections(
  store: Store,
  collections: readonly Collection<unknown>[],
  changed: (change: StoreChange) => void,
): Store {
  const names = new Set(collections.map(({ name }) => name));
  return {
    get changes() {
      return store.changes;
    },
    read: (work) => store.read(work),
    write: (work) => {
      const touched = new Map<string, Set<string>>();
      const note = (name: string, project: string): void => {
        if (!names.has(name)) return;
        const ofProject = touched.get(project) ?? new Set();
        touched.set(project, ofProject.add(name));
      };
      const result = store.write((tx) => work(noting(tx, note)));
      for (const [project, ofProject] of touched) changed({ project, collections: ofProject });
      return result;
    },
    documents: () => store.documents(),
    replace: (documents) => {
      store.replace(documents);
      changed({});
    },
    close: () => store.close(),
  };
}

function noting(tx: Writer, note: (name: string, project: string) => void): Writer {
  return {
    get: (collection, project, id) => tx.get(collection, project, id),
    list: (collection, project, range) => tx.list(collection, project, range),
    count: (collection, project, prefix) => tx.count(collection, project, prefix),
    put: (collection, project, id, value) => {
      tx.put(collection, project, id, value);
      note(collection.name, project);
    },
    delete: (collection, project, id) => {
      const was = tx.delete(collection, project, id);
      if (was) note(collection.name, project);
      return was;
    },
  };
}
