import { describe, expect, it } from "vitest";
import { MemoryStore } from "../../store/memory-store.ts";
import { digestsInUse, dropPackage, dropPackagesOfProject, usePackage } from "./package-uses.ts";

describe("digestsInUse", () => {
  it("holds a package as long as anything refers to it, in whatever project", () => {
    const store = new MemoryStore();
    const inUse = (): string[] => [...store.read(digestsInUse)];
    store.write((tx) => {
      usePackage(tx, "p1", "version:default:a:latest", "d1", 1);
      usePackage(tx, "p1", "version:default:a:latest", "d1", 1);
      usePackage(tx, "p2", "dependency:x", "d1", 1);
      usePackage(tx, "p2", "dependency:y", "d2", 1);
    });
    expect(inUse()).toEqual(["d1", "d2"]);
    store.write((tx) => dropPackage(tx, "p1", "version:default:a:latest", "d1"));
    expect(inUse()).toEqual(["d1", "d2"]);
    store.write((tx) => dropPackagesOfProject(tx, "p2"));
    expect(inUse()).toEqual([]);
  });
});
