import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DataFolderError } from "./data-folder-error.ts";
import { openDataFolder } from "./open-data-folder.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "refuse-foreign-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a file, or makes a folder if the name ends so. */
function make(name: string): void {
  const path = join(folder, name);
  mkdirSync(name.endsWith("/") ? path : dirname(path), { recursive: true });
  if (!name.endsWith("/")) writeFileSync(path, "mine");
}

const everything = (): string[] => readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();

const hex = (digits: number): string => "a".repeat(digits);

describe("A data folder with what is not the emulator's", () => {
  it.each([
    ["runtime/notes.txt", "runtime"],
    ["runtime/python/", "runtime"],
    ["runtime/code/main.c", "runtime"],
    ["runtime/places/paris/", "runtime"],
    ["runtime/places", "runtime"],
    [`runtime/places/${hex(31)}/`, "runtime"],
    ["runtime/sandbox/castle", "runtime"],
    ["packages/web/", "packages"],
    ["packages/ab", "packages"],
    ["packages/unfinished/novel.txt", "packages"],
  ])("is refused for %s before anything is written or removed", (name, needed) => {
    make(name);
    const before = everything();
    const refusal = `The data folder ${folder} cannot be used: ${join(folder, name).replace(/\/$/, "")} is not the emulator's and is left alone, and the emulator needs ${needed} for itself. Choose another data folder, or move ${join(folder, needed)} away.`;
    expect(() => openDataFolder(folder)).toThrow(new DataFolderError(refusal));
    expect(everything()).toEqual(before);
  });

  it.each(["runtime", "packages"])(
    "is refused when %s is a file or a link, which is not followed",
    (name) => {
      make(name);
      const remedy = "Move it away, or choose another data folder.";
      const path = join(folder, name);
      expect(() => openDataFolder(folder)).toThrow(`${path} is in the way, as it is a file. ${remedy}`);
      rmSync(path);
      make(`elsewhere/${hex(2)}/${hex(128)}`);
      symlinkSync(join(folder, "elsewhere"), path);
      const before = everything();
      expect(() => openDataFolder(folder)).toThrow(`${path} is in the way, as it is a link. ${remedy}`);
      expect(everything()).toEqual(before);
    },
  );

  it("is taken when there is nothing in the way but what it has made, and what file managers leave", () => {
    for (const name of [
      `runtime/places/${hex(32)}/function/code/index.js`,
      `runtime/code/${hex(40)}/index.js`,
      `runtime/code/${hex(40)}.${hex(8)}/index.js`,
      "runtime/sandbox/passwd",
      "runtime/sandbox/group",
      `packages/${hex(2)}/${hex(128)}`,
      "packages/.DS_Store",
      "notes.txt",
    ])
      make(name);
    openDataFolder(folder).close();
    openDataFolder(folder).close();
    expect(everything()).toEqual(expect.arrayContaining(["notes.txt", join("packages", ".DS_Store")]));
  });
});
