import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MemoryPackageStore } from "./memory-package-store.ts";
import { MemoryStore } from "./memory-store.ts";
import { openDataFolder } from "./open-data-folder.ts";
import type { PackageStore } from "./package-store.ts";
import { dump, restore } from "./snapshot.ts";
import { collection, type Store } from "./store.ts";

const functions = collection<{ readonly digest: string; readonly note: string }>("functions");

interface State {
  readonly store: Store;
  readonly packages: PackageStore;
}
const empty = (): State => ({ store: new MemoryStore(), packages: new MemoryPackageStore() });

async function filled(state: State = empty()): Promise<State> {
  const contents = ["", "code\nwith lines\n", "x".repeat(500_000)];
  for (const [at, content] of contents.entries()) {
    const { digest } = await state.packages.put(Buffer.from(content));
    state.store.write((tx) => {
      tx.put(functions, `p${at}`, "f\n\0 😀", { digest, note: "a\nb \ud800" });
      tx.put(functions, "", `${at}`, { digest, note: "" });
    });
  }
  return state;
}

async function bytesOf({ store, packages }: State): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of dump(store, packages)) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function* inPieces(bytes: Uint8Array, size = bytes.length): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Compared at once: matchers go through large buffers byte by byte. */
const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
const restored = ({ store, packages }: State, bytes: Uint8Array, size?: number) =>
  restore(store, packages, inPieces(bytes, size));

describe("a snapshot", () => {
  it.each([1, 7, 1000, 1_000_000])("brings everything back, read %d bytes at a time", async (size) => {
    const from = await filled();
    const to = empty();
    expect(await restored(to, await bytesOf(from), size)).toEqual({ packages: 3, documents: 6 });
    expect([...to.store.documents()]).toEqual([...from.store.documents()]);
    expect(to.packages.list()).toEqual(from.packages.list());
    expect(same(await bytesOf(to), await bytesOf(from))).toBe(true);
  });

  it("goes from memory to disk and back", async () => {
    const folder = mkdtempSync(join(tmpdir(), "snapshot-"));
    try {
      const from = await filled();
      const disk = openDataFolder(folder);
      await restored(disk, await bytesOf(from), 4096);
      const back = empty();
      await restored(back, await bytesOf(disk));
      expect(same(await bytesOf(back), await bytesOf(from))).toBe(true);
      disk.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("replaces what was there", async () => {
    const to = await filled();
    await restored(to, await bytesOf(empty()));
    expect([...to.store.documents()]).toEqual([]);
  });

  it("is one moment's state, whatever is written while it is read", async () => {
    const from = await filled();
    const want = await bytesOf(from);
    const pieces: Uint8Array[] = [];
    for await (const piece of dump(from.store, from.packages)) {
      pieces.push(piece);
      from.store.write((tx) => tx.put(functions, "p0", `later-${pieces.length}`, { digest: "", note: "" }));
      await from.packages.put(Buffer.from(`later-${pieces.length}`));
    }
    expect(same(Buffer.concat(pieces), want)).toBe(true);
  });

  it("fails rather than lack a package that was removed meanwhile", async () => {
    const packages = new MemoryPackageStore({ grace: 0 });
    const { store } = await filled({ store: new MemoryStore(), packages });
    const pieces = dump(store, packages);
    await pieces.next();
    await packages.collect(new Set());
    await expect(pieces.next()).rejects.toThrow("A package was removed while the snapshot was taken.");
  });

  it.each([
    ["nothing", "", "is cut off"],
    ["something else", "hello\n", "This is no snapshot"],
    ["something else without lines", "x".repeat(1000), "This is no snapshot"],
    [
      "one of a newer version",
      "functiongraph-snapshot 2\n",
      "is of another version (functiongraph-snapshot 2; this emulator knows functiongraph-snapshot 1)",
    ],
    ["no JSON", "functiongraph-snapshot 1\n{\n", "is damaged"],
    ["JSON of no meaning", "functiongraph-snapshot 1\n[]\n", "is damaged"],
    ["a package without a size", 'functiongraph-snapshot 1\n{"package":{}}\n', "a package has no size"],
    [
      "a package with a size of nonsense",
      'functiongraph-snapshot 1\n{"package":{"size":-1}}\n',
      "a package has no size",
    ],
    [
      "a package that never comes",
      'functiongraph-snapshot 1\n{"package":{"size":9007199254740991}}\nabc',
      "is cut off",
    ],
    [
      "a package under another digest",
      `functiongraph-snapshot 1\n{"package":{"size":1,"digest":"${"0".repeat(128)}"}}\nx`,
      "is damaged",
    ],
    ["a document without a place", 'functiongraph-snapshot 1\n{"document":{"value":1}}\n', "is damaged"],
    ["no end", "functiongraph-snapshot 1\n", "is cut off"],
  ])("is refused when it is %s, and nothing changes", async (_, text, message) => {
    const to = await filled();
    const before = [...to.store.documents()];
    const refusal = await restored(to, Buffer.from(text)).catch((error: Error) => error);
    expect(refusal).toMatchObject({ name: "SnapshotError", message: expect.stringContaining(message) });
    expect([...to.store.documents()]).toEqual(before);
  });

  it("is refused when a byte of it is missing, altered or too many", async () => {
    const state = empty();
    const { digest } = await state.packages.put(Buffer.from("code"));
    state.store.write((tx) => tx.put(functions, "p", "f", { digest, note: "n" }));
    const whole = await bytesOf(state);
    const to = empty();
    for (let at = 0; at < whole.length; at += 1) {
      const altered = Buffer.from(whole);
      altered[at] = (altered[at] ?? 0) ^ 1;
      const wrong = [
        altered,
        whole.subarray(0, at),
        Buffer.concat([whole.subarray(0, at), whole.subarray(at + 1)]),
      ];
      for (const bytes of wrong)
        await expect(restored(to, bytes)).rejects.toMatchObject({ name: "SnapshotError" });
    }
    await expect(restored(to, Buffer.concat([whole, Buffer.from("\n")]))).rejects.toThrow("is damaged");
    expect([...to.store.documents()]).toEqual([]);
  });

  it("says at its end what it holds", async () => {
    const text = (await bytesOf(empty())).toString();
    const sha512 = createHash("sha512").update("functiongraph-snapshot 1\n").digest("hex");
    expect(text).toBe(
      `functiongraph-snapshot 1\n${JSON.stringify({ end: { packages: 0, documents: 0, sha512 } })}\n`,
    );
  });
});
