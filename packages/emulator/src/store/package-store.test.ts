import { createHash, randomUUID } from "node:crypto";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FolderPackageStore } from "./folder-package-store.ts";
import { MemoryPackageStore } from "./memory-package-store.ts";
import type { PackageStore } from "./package-store.ts";

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const digestOf = (bytes: Uint8Array): string => createHash("sha512").update(bytes).digest("hex");
const grace = 1000;

let folder: string;
let now: number;
let packages: PackageStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "packages-"));
  now = 1_000_000;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const inFolder = () => new FolderPackageStore(folder, { grace, now: () => now });

describe.each([
  ["MemoryPackageStore", () => new MemoryPackageStore({ grace, now: () => now })],
  ["FolderPackageStore", inFolder],
])("%s", (_, make) => {
  beforeEach(() => {
    packages = make();
  });

  it.each([
    ["no bytes", 0],
    ["a few bytes", 10],
    ["bytes enough to be digested elsewhere", 3_000_000],
  ])("gives back %s by their SHA-512", async (_, size) => {
    const bytes = new Uint8Array(size).map((_, at) => at * 7);
    const stored = await packages.put(bytes);
    expect(stored).toEqual({ digest: digestOf(bytes), size });
    expect(Buffer.compare((await packages.get(stored.digest)) ?? text("nothing"), bytes)).toBe(0);
    expect(packages.has(stored.digest)).toBe(true);
  });

  it.each(["0".repeat(128), "", "../secret", "0".repeat(127), `${"0".repeat(126)}/a`, "A".repeat(128)])(
    "has nothing under %j",
    async (digest) => {
      expect([packages.has(digest), await packages.get(digest)]).toEqual([false, undefined]);
    },
  );

  it("keeps bytes as they were when they were put, and hands out copies", async () => {
    const bytes = text("abc");
    const putting = packages.put(bytes);
    bytes[0] = 0;
    const { digest } = await putting;
    (await packages.get(digest))?.fill(0);
    expect(await packages.get(digest)).toEqual(new Uint8Array(Buffer.from("abc")));
  });

  it("keeps the same bytes once, also when they are put at the same time", async () => {
    const stored = await Promise.all(Array.from({ length: 20 }, () => packages.put(text("same"))));
    expect(new Set(stored.map(({ digest }) => digest)).size).toBe(1);
    expect(packages.list()).toEqual([{ digest: digestOf(text("same")), size: 4 }]);
  });

  it("lists all packages in order", async () => {
    const stored = await Promise.all(["a", "b", "c", "dd"].map((value) => packages.put(text(value))));
    expect(packages.list()).toEqual(stored.toSorted((a, b) => (a.digest < b.digest ? -1 : 1)));
  });

  it("collects what is not in use and tells how many", async () => {
    const [used, ...unused] = await Promise.all(["a", "b", "c"].map((value) => packages.put(text(value))));
    now += grace;
    expect(await packages.collect(new Set([used?.digest ?? ""]))).toBe(2);
    expect(packages.list()).toEqual([used]);
    expect(unused.some(({ digest }) => packages.has(digest))).toBe(false);
    expect(await packages.collect(new Set([used?.digest ?? ""]))).toBe(0);
  });

  it("spares what was put lately, or lately again", async () => {
    const [old] = [await packages.put(text("old")), await packages.put(text("again"))];
    now += grace - 1;
    const again = await packages.put(text("again"));
    const fresh = await packages.put(text("new"));
    now += 1;
    expect(await packages.collect(new Set())).toBe(1);
    expect([old, again, fresh].map(({ digest }) => packages.has(digest))).toEqual([false, true, true]);
  });

  it("has removed everything before collect returns", async () => {
    const { digest } = await packages.put(text("a"));
    now += grace;
    const collecting = packages.collect(new Set());
    expect(packages.has(digest)).toBe(false);
    await collecting;
  });

  it("takes back what was collected", async () => {
    const { digest } = await packages.put(text("a"));
    now += grace;
    await packages.collect(new Set());
    await packages.put(text("a"));
    expect(packages.has(digest)).toBe(true);
  });
});

describe("FolderPackageStore on disk", () => {
  const pathOf = (digest: string) => join(folder, digest.slice(0, 2), digest);

  it("keeps packages when it is opened again", async () => {
    const { digest } = await inFolder().put(text("a"));
    expect(await inFolder().get(digest)).toEqual(new Uint8Array(Buffer.from("a")));
  });

  it("names each file after its digest, in a folder after the first two digits", async () => {
    const { digest } = await inFolder().put(text("a"));
    expect(readFileSync(pathOf(digest), "utf8")).toBe("a");
  });

  it("refuses to give out a damaged package, and mends it when it is put again", async () => {
    packages = inFolder();
    const { digest } = await packages.put(text("good"));
    writeFileSync(pathOf(digest), "evil");
    await expect(packages.get(digest)).rejects.toThrow(`The stored package ${pathOf(digest)} is damaged`);
    await packages.put(text("good"));
    expect(await packages.get(digest)).toEqual(new Uint8Array(Buffer.from("good")));
  });

  it("does not write again what is there", async () => {
    const { digest } = await inFolder().put(text("a"));
    const { ino } = statSync(pathOf(digest));
    await inFolder().put(text("a"));
    expect(statSync(pathOf(digest)).ino).toBe(ino);
  });

  it("clears away what a crash left unfinished, and counts it nowhere", () => {
    mkdirSync(join(folder, "unfinished"));
    writeFileSync(join(folder, "unfinished", randomUUID()), "half");
    expect(inFolder().list()).toEqual([]);
    expect(readdirSync(join(folder, "unfinished"))).toEqual([]);
  });

  it("removes nothing from there that it has not made", () => {
    mkdirSync(join(folder, "unfinished", "novel"), { recursive: true });
    writeFileSync(join(folder, "unfinished", "notes"), "mine");
    symlinkSync(folder, join(folder, "unfinished", randomUUID()));
    inFolder();
    expect(readdirSync(join(folder, "unfinished"))).toHaveLength(3);
  });

  it("leaves nothing unfinished behind when the disk refuses", async () => {
    packages = inFolder();
    writeFileSync(join(folder, digestOf(text("a")).slice(0, 2)), "a file in the way");
    await expect(packages.put(text("a"))).rejects.toThrow();
    expect(readdirSync(join(folder, "unfinished"))).toEqual([]);
    rmSync(join(folder, digestOf(text("a")).slice(0, 2)));
    expect((await packages.put(text("a"))).size).toBe(1);
  });

  it("collects at once what lay there before this process", async () => {
    await inFolder().put(text("a"));
    expect(await inFolder().collect(new Set())).toBe(1);
  });
});
