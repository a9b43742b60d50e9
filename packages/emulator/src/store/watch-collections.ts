import type { Collection, Json, Store, Writer } from "./store.ts";

/** A document that a transaction has put, or deleted: then it has no value. */
export interface DocumentChange {
  readonly collection: string;
  readonly project: string;
  readonly id: string;
  readonly value: Json | undefined;
}

/** What a transaction has changed, each document once with its last state; `all` after a reset or a snapshot. */
export type StoreChange = readonly DocumentChange[] | "all";

/**
 * A store that tells when documents of some collections were put or deleted in it, whoever did so, once after each transaction that has not
 * failed. What goes past it is not noticed. So no part of the core has to tell, and none can forget to.
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
      const noted = new Map<string, DocumentChange>();
      const note = (change: DocumentChange): void => {
        const { collection, project, id } = change;
        if (names.has(collection)) noted.set(`${collection} ${project} ${id}`, change);
      };
      const result = store.write((tx) => work(noting(tx, note)));
      if (noted.size > 0) changed([...noted.values()]);
      return result;
    },
    documents: (of) => store.documents(of),
    replace: (documents) => {
      store.replace(documents);
      changed("all");
    },
    close: () => store.close(),
  };
}

function noting(tx: Writer, note: (change: DocumentChange) => void): Writer {
  return {
    get: (collection, project, id) => tx.get(collection, project, id),
    list: (collection, project, range) => tx.list(collection, project, range),
    count: (collection, project, prefix) => tx.count(collection, project, prefix),
    put: (collection, project, id, value) => {
      tx.put(collection, project, id, value);
      // The store has just taken it, which it does with nothing else.
      note({ collection: collection.name, project, id, value: value as Json });
    },
    delete: (collection, project, id) => {
      const was = tx.delete(collection, project, id);
      if (was) note({ collection: collection.name, project, id, value: undefined });
      return was;
    },
  };
}
