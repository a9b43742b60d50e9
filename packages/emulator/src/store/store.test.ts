import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MemoryStore } from "./memory-store.ts";
import { SqliteStore } from "./sqlite-store.ts";
import { collection, type Store, type Writer } from "./store.ts";

interface Thing {
  readonly name: string;
  readonly tags?: string[];
}
const things = collection<Thing>("things");
const others = collection<Thing>("others");
const a: Thing = { name: "a" };

let folder: string;
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "store-"));
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.each([
  ["MemoryStore", () => new MemoryStore()],
  ["SqliteStore", () => new SqliteStore(join(folder, "state.db"))],
])("%s", (_, make) => {
  beforeEach(() => {
    store = make();
  });
  const put = (...ids: string[]) =>
    store.write((tx) => {
      for (const id of ids) tx.put(things, "p", id, { name: id });
    });
  const ids = (range?: Parameters<Writer["list"]>[2]) =>
    store.read((tx) => tx.list(things, "p", range).map(({ id }) => id));

  describe("documents", () => {
    it("gives back what was put", () => {
      store.write((tx) => tx.put(things, "p", "1", { name: "one", tags: ["x"] }));
      expect(store.read((tx) => tx.get(things, "p", "1"))).toEqual({ name: "one", tags: ["x"] });
    });

    it("knows nothing of what was never put", () => {
      expect(
        store.read((tx) => [tx.get(things, "p", "1"), tx.list(things, "p"), tx.count(things, "p")]),
      ).toEqual([undefined, [], 0]);
    });

    it("puts over an older document", () => {
      put("1");
      store.write((tx) => tx.put(things, "p", "1", { name: "new" }));
      expect(store.read((tx) => tx.list(things, "p"))).toEqual([{ id: "1", value: { name: "new" } }]);
    });

    it("deletes, and tells whether there was something to delete", () => {
      put("1");
      expect(store.write((tx) => [tx.delete(things, "p", "1"), tx.delete(things, "p", "1")])).toEqual([
        true,
        false,
      ]);
      expect(ids()).toEqual([]);
    });

    it("keeps projects apart, and the space of no project from all of them", () => {
      store.write((tx) => {
        tx.put(things, "p", "1", { name: "of p" });
        tx.put(things, "q", "1", { name: "of q" });
        tx.put(things, "", "1", { name: "of none" });
        tx.delete(things, "q", "1");
      });
      expect(store.read((tx) => ["p", "q", ""].map((project) => tx.get(things, project, "1")?.name))).toEqual(
        ["of p", undefined, "of none"],
      );
      expect(store.read((tx) => ["p", "q", ""].map((project) => tx.count(things, project)))).toEqual([
        1, 0, 1,
      ]);
    });

    it("keeps collections apart", () => {
      put("1");
      expect(
        store.read((tx) => [tx.get(others, "p", "1"), tx.list(others, "p"), tx.count(others, "p")]),
      ).toEqual([undefined, [], 0]);
    });

    it("gives copies out and takes copies in", () => {
      const given = { name: "a", tags: ["1"] };
      store.write((tx) => tx.put(things, "p", "1", given));
      given.tags.push("2");
      const first = store.read((tx) => tx.get(things, "p", "1"));
      first?.tags?.push("3");
      store.read((tx) => tx.list(things, "p"))[0]?.value.tags?.push("4");
      expect(store.read((tx) => tx.get(things, "p", "1"))).toEqual({ name: "a", tags: ["1"] });
    });

    it.each([
      ["nothing", null],
      ["text with every kind of character", "a\0b\n\u2028 ünïcödé 中文 😀 \ud800 \uffff"],
      ["numbers", [0, -1.5, 1e300, Number.MAX_SAFE_INTEGER]],
      [
        "names that JavaScript knows otherwise",
        JSON.parse('{"__proto__": {"x": 1}, "constructor": 2, "": 3}'),
      ],
    ])("keeps %s as it is", (_, value) => {
      const any = collection<unknown>("any");
      store.write((tx) => tx.put(any, "p", "1", value));
      expect(JSON.stringify(store.read((tx) => tx.get(any, "p", "1")))).toBe(JSON.stringify(value));
    });

    it("keeps a value of twenty megabytes", () => {
      const name = "€".repeat(7_000_000);
      store.write((tx) => tx.put(things, "p", "big", { name }));
      expect(store.read((tx) => tx.get(things, "p", "big"))?.name === name).toBe(true);
    });

    it("refuses what JSON cannot hold", () => {
      const any = collection<unknown>("any");
      for (const value of [undefined, () => 1]) {
        expect(() => store.write((tx) => tx.put(any, "p", "1", value))).toThrow("JSON cannot hold it");
      }
    });
  });

  describe("lists", () => {
    const inOrder = [
      "",
      "\0",
      "\0\0",
      "\0a",
      "\u0001",
      "\u0001\u0001",
      "A",
      "a",
      "a\0",
      "a\u0001",
      "a/b",
      "a:b",
      "aa",
      "ab",
      "b",
      "~",
      "é",
      "中",
      "\ud7fe",
      "\ud7ff",
      "\ud7ff0",
      "\ud7ff1\u0105",
      "\ud800",
      "\ud800x",
      "\udfff",
      "\ue000",
      "\uffff",
      "😀",
      "\u{10ffff}",
      "\u{10ffff}z",
    ];

    it("sorts identifiers of any characters as their bytes sort", () => {
      put(...inOrder.toReversed());
      expect(ids()).toEqual(inOrder);
    });

    it("stays in order while documents come and go", () => {
      put("b", "d");
      expect(ids()).toEqual(["b", "d"]);
      put("c", "a", "e");
      store.write((tx) => tx.delete(things, "p", "d"));
      expect(ids()).toEqual(["a", "b", "c", "e"]);
    });

    it("finds each of them again, and nothing else in its place", () => {
      put(...inOrder);
      expect(store.read((tx) => inOrder.map((id) => tx.get(things, "p", id)?.name))).toEqual(inOrder);
    });

    it.each(inOrder)("starts after %j and stops where a prefix ends", (id) => {
      put(...inOrder);
      expect(ids({ after: id })).toEqual(inOrder.slice(inOrder.indexOf(id) + 1));
      expect(ids({ prefix: id })).toEqual(inOrder.filter((other) => other.startsWith(id)));
      expect(store.read((tx) => tx.count(things, "p", id))).toBe(
        inOrder.filter((other) => other.startsWith(id)).length,
      );
    });

    it.each([
      [{ prefix: "f/" }, ["f/1", "f/2", "f/3"]],
      [{ prefix: "f/", limit: 2 }, ["f/1", "f/2"]],
      [{ prefix: "f/", after: "f/1" }, ["f/2", "f/3"]],
      [{ prefix: "f/", after: "f/1x", limit: 1 }, ["f/2"]],
      [{ prefix: "f/", after: "a" }, ["f/1", "f/2", "f/3"]],
      [{ prefix: "f/", after: "z" }, []],
      [{ prefix: "f%" }, []],
      [{ after: "f/3" }, ["f0", "g/1"]],
      [{ after: "" }, ["e", "f/1", "f/2", "f/3", "f0", "g/1"]],
      [{ limit: 0 }, []],
      [{ limit: 99 }, ["e", "f/1", "f/2", "f/3", "f0", "g/1"]],
    ])("answers %j with %j", (range, want) => {
      put("g/1", "f/3", "f/1", "f/2", "e", "f0");
      expect(ids(range)).toEqual(want);
    });

    it.each([-1, 1.5, Number.NaN])("refuses the limit %d", (limit) => {
      expect(() => ids({ limit })).toThrow(RangeError);
    });

    it("pages through more documents than any library hands out at once", () => {
      const all = Array.from({ length: 1000 }, (_, at) => String(at).padStart(4, "0"));
      put(...all);
      const paged: string[] = [];
      for (
        let page = ids({ limit: 100 });
        page.length > 0;
        page = ids({ limit: 100, after: page.at(-1) ?? "" })
      )
        paged.push(...page);
      expect(paged).toEqual(all);
    });
  });

  describe("transactions", () => {
    it("hand the work's result on", () => {
      expect([store.read(() => 1), store.write(() => 2)]).toEqual([1, 2]);
    });

    it("see their own changes", () => {
      const seen = store.write((tx) => {
        tx.put(things, "p", "1", a);
        tx.put(things, "p", "2", a);
        tx.delete(things, "p", "1");
        return [tx.get(things, "p", "1"), tx.list(things, "p").length, tx.count(things, "p")];
      });
      expect(seen).toEqual([undefined, 1, 1]);
    });

    it("undo everything when the work throws, and throw the same", () => {
      put("kept", "changed", "deleted");
      const before = [...store.documents()];
      const refusal = new Error("no");
      const work = () =>
        store.write((tx) => {
          tx.put(things, "p", "new", a);
          tx.put(things, "p", "changed", a);
          tx.put(things, "p", "changed", { name: "again" });
          tx.delete(things, "p", "deleted");
          tx.put(things, "p", "deleted", a);
          tx.put(others, "q", "1", a);
          throw refusal;
        });
      expect(work).toThrow(refusal);
      expect([...store.documents()]).toEqual(before);
      expect(ids()).toEqual(["changed", "deleted", "kept"]);
      put("later");
      expect(ids()).toEqual(["changed", "deleted", "kept", "later"]);
    });

    it.each(["read", "write"] as const)("refuse another one inside, and %s goes on afterwards", (kind) => {
      for (const inner of ["read", "write"] as const) {
        expect(() => store[kind](() => store[inner](() => 1))).toThrow("under way already");
      }
      expect(() => store[kind](() => [...store.documents()])).toThrow("under way already");
      expect(() => store[kind](() => store.replace([]))).toThrow("under way already");
      expect(() => store[kind](() => store.close())).toThrow("cannot be closed inside");
      expect(store[kind](() => 1)).toBe(1);
    });

    it("undo the outer one when the inner is refused", () => {
      const work = () =>
        store.write((tx) => {
          tx.put(things, "p", "1", a);
          store.write(() => 1);
        });
      expect(work).toThrow("under way already");
      expect(ids()).toEqual([]);
    });

    it("refuse work that is not done when it returns", () => {
      const work = () =>
        store.write(async (tx) => {
          tx.put(things, "p", "1", a);
        });
      expect(work).toThrow("synchronous");
      expect(() => store.read(async () => 1)).toThrow("synchronous");
      expect(ids()).toEqual([]);
    });

    it("end: what is kept of them works no longer", () => {
      const kept = store.write((tx) => tx);
      expect(() => kept.put(things, "p", "1", a)).toThrow("is over");
      expect(() => kept.get(things, "p", "1")).toThrow("is over");
    });

    it("change nothing when they only read", () => {
      // What the compiler forbids and JavaScript does not.
      expect(() => store.read((tx) => (tx as Writer).put(things, "p", "1", a))).toThrow("only reads");
      expect(() => store.read((tx) => (tx as Writer).delete(things, "p", "1"))).toThrow("only reads");
    });
  });

  describe("the whole state", () => {
    it("comes in the order of collection, project and identifier", () => {
      store.write((tx) => {
        for (const [kind, project, id] of [
          ["b", "p", "1"],
          ["a", "q", "1"],
          ["a", "p", "2"],
          ["a", "p", "1"],
          ["a", "", "9"],
        ] as const) {
          tx.put(collection<Thing>(kind), project, id, a);
        }
      });
      expect(
        [...store.documents()].map(({ collection, project, id }) => `${collection}:${project}:${id}`),
      ).toEqual(["a::9", "a:p:1", "a:p:2", "a:q:1", "b:p:1"]);
    });

    it("is asked for by collection, too", () => {
      put("1");
      store.write((tx) => {
        for (const project of ["q", ""]) tx.put(others, project, "2", a);
      });
      expect([...store.documents(others)]).toEqual(
        ["", "q"].map((project) => ({ collection: others.name, project, id: "2", value: a })),
      );
      expect([...store.documents({ name: "none" })]).toEqual([]);
    });

    it("is that of the moment it was asked for", () => {
      put("1");
      const documents = store.documents();
      put("2");
      expect([...documents]).toEqual([{ collection: "things", project: "p", id: "1", value: { name: "1" } }]);
    });

    it("is replaced as a whole", () => {
      put("1", "2");
      store.replace([{ collection: "others", project: "q", id: "3", value: { name: "c" } }]);
      expect([...store.documents()]).toEqual([
        { collection: "others", project: "q", id: "3", value: { name: "c" } },
      ]);
      expect(ids()).toEqual([]);
    });

    it("stays as it was when the new one cannot be read to its end", () => {
      put("1");
      const broken = function* () {
        yield { collection: "others", project: "q", id: "3", value: a as never };
        throw new Error("torn");
      };
      expect(() => store.replace(broken())).toThrow("torn");
      expect(ids()).toEqual(["1"]);
    });

    it("survives being replaced by itself", () => {
      put("1", "", "\0", "😀");
      const before = [...store.documents()];
      store.replace(store.documents());
      expect([...store.documents()]).toEqual(before);
    });
  });

  describe("closing", () => {
    it("ends all work, and may be done twice", () => {
      store.close();
      store.close();
      expect(() => store.read(() => 1)).toThrow("The store is closed.");
      expect(() => store.write(() => 1)).toThrow("The store is closed.");
      expect(() => store.documents()).toThrow("The store is closed.");
    });
  });
});
