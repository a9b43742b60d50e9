import { beforeEach, describe, expect, it } from "vitest";
import { MemoryStore } from "./memory-store.ts";
import { collection, type Store } from "./store.ts";
import { type StoreChange, watchCollections } from "./watch-collections.ts";

const apples = collection<number>("apple");
const pears = collection<number>("pear");
const stones = collection<number>("stone");

let store: Store;
let seen: StoreChange[];
beforeEach(() => {
  seen = [];
  store = watchCollections(new MemoryStore(), [apples, pears], (change) => {
    // The transaction is over, so that another one can begin.
    store.read((tx) => tx.count(apples, "p1"));
    seen.push(change);
  });
});

describe("a watched store", () => {
  it("tells once after a transaction which documents were changed, and what they are now", () => {
    store.write((tx) => {
      tx.put(apples, "p1", "a", 1);
      tx.put(apples, "p1", "a", 3);
      tx.put(pears, "p2", "a", 4);
      tx.put(stones, "p3", "a", 5);
    });
    expect(seen).toEqual([
      [
        { collection: "apple", project: "p1", id: "a", value: 3 },
        { collection: "pear", project: "p2", id: "a", value: 4 },
      ],
    ]);
  });

  it("tells of deletions, but not of those of nothing, of readings or of what was undone", () => {
    store.write((tx) => tx.put(apples, "p1", "a", 1));
    seen.length = 0;
    store.write((tx) => tx.delete(apples, "p1", "none"));
    store.read((tx) => tx.list(apples, "p1"));
    expect(() =>
      store.write((tx) => {
        tx.delete(apples, "p1", "a");
        throw new Error("undone");
      }),
    ).toThrow("undone");
    expect(seen).toEqual([]);
    expect(store.write((tx) => tx.delete(apples, "p1", "a"))).toBe(true);
    expect(seen).toEqual([[{ collection: "apple", project: "p1", id: "a", value: undefined }]]);
  });

  it("tells that everything may be different when all documents are replaced", () => {
    store.replace([{ collection: "apple", project: "p1", id: "a", value: 7 }]);
    expect(seen).toEqual(["all"]);
    expect([...store.documents()]).toHaveLength(1);
  });
});
