import { expect, it } from "vitest";
import { MemoryStore } from "../../store/memory-store.ts";
import { collection, type Store } from "../../store/store.ts";
import { type TriggerRecord, triggerKey, triggers } from "../triggers/records.ts";
import { TriggerIndex } from "./trigger-index.ts";

const trigger: TriggerRecord = {
  id: "1",
  type: "TIMER",
  status: "ACTIVE",
  data: {},
  package: "default",
  name: "hello",
  qualifier: "latest",
  sequence: 1,
  createdAt: "",
  updatedAt: "",
  activeSince: 0,
};

it("holds the triggers of all projects, and reads nothing else of the store", () => {
  const store = new MemoryStore();
  store.write((tx) => {
    for (const project of ["p", "q"]) tx.put(triggers, project, triggerKey(trigger), trigger);
    tx.put(collection("function"), "p", "default:hello", { name: "hello" });
  });
  const read = new Set<string>();
  const watched: Store = {
    changes: 0,
    read: (work) => store.read(work),
    write: (work) => store.write(work),
    documents: function* (of) {
      for (const document of store.documents(of)) {
        read.add(document.collection);
        yield document;
      }
    },
    replace: (documents) => store.replace(documents),
    close: () => store.close(),
  };
  const key = triggerKey(trigger);
  expect([...new TriggerIndex(watched).all()]).toEqual([
    { project: "p", key, trigger },
    { project: "q", key, trigger },
  ]);
  expect([...read]).toEqual([triggers.name]);
});
