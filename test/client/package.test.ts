import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pack, unpack } from "./pack.ts";
import { fileFindings, publintFindings, typesFindings } from "./package-findings.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "functiongraph-packages-"));

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** What is published, and whether it has types for others to compile against. */
const published = [
  { folder: "packages/client", typed: true },
  { folder: "packages/types", typed: true },
  { folder: "packages/lint", typed: true },
  { folder: "packages/emulator", typed: true },
  { folder: "spec", typed: false },
];

describe.each(published)("the package in $folder", { timeout: 60_000 }, ({ folder, typed }) => {
  const unpacked = join(scratch, folder);
  let tarball: string;

  beforeAll(() => {
    tarball = pack(join(root, folder), scratch);
    unpack(tarball, unpacked);
  }, 60_000);

  test("has its licence and README, and nothing that no user needs", () => {
    expect(fileFindings(unpacked)).toEqual([]);
    expect(readFileSync(join(unpacked, "LICENSE"), "utf8")).toBe(readFileSync(join(root, "LICENSE"), "utf8"));
  });

  test("has no fault that publint knows", async () => {
    expect(await publintFindings(unpacked)).toEqual([]);
  });

  if (typed) {
    test("has types that ES modules and bundlers find", () => {
      expect(typesFindings(tarball)).toBe("");
    });
  }
});

describe("a fault in a package is seen:", { timeout: 60_000 }, () => {
  let faulty: string;

  beforeAll(() => {
    faulty = join(scratch, "faulty");
    unpack(pack(join(root, "packages/client"), scratch), faulty);
  }, 60_000);

  /** Finds what is wrong with a copy of the client's package that was changed. */
  function broken(name: string, change: (folder: string) => void): string {
    const folder = join(scratch, name);
    cpSync(faulty, folder, { recursive: true });
    change(folder);
    return folder;
  }

  function redirect(folder: string, from: string, to: string): void {
    const path = join(folder, "package.json");
    writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
  }

  test("an export without its file", async () => {
    const folder = broken("export", (it) => redirect(it, "./dist/sign/index.js", "./dist/sign/missing.js"));
    expect((await publintFindings(folder)).join("\n")).toContain("./dist/sign/missing.js");
  });

  test("an export without its types", () => {
    const folder = broken("types", (it) =>
      redirect(it, "./dist/sign/index.d.ts", "./dist/sign/missing.d.ts"),
    );
    expect(typesFindings(pack(folder, folder))).toContain("@functiongraph/client/sign");
  });

  test("a package without its papers, with a test, a source and maps that lead nowhere", () => {
    const folder = broken("files", (it) => {
      for (const name of ["LICENSE", "README.md"]) rmSync(join(it, name), { force: true });
      for (const name of ["urn.test.js", "urn.ts"]) writeFileSync(join(it, "dist", name), "");
      appendFileSync(join(it, "dist/index.js"), "\n//# sourceMappingURL=index.js.map\n");
      appendFileSync(join(it, "dist/index.d.ts"), "\n//# sourceMappingURL=index.d.ts.map\n");
      writeFileSync(join(it, "dist/index.d.ts.map"), '{ "version": 3, "sources": ["../src/index.ts"] }');
    });
    expect(fileFindings(folder).sort()).toEqual([
      "LICENSE is missing",
      "README.md is missing",
      "dist/index.js leads to the missing source map index.js.map",
      "dist/urn.test.js does not belong in it",
      "dist/urn.ts does not belong in it",
      "index.d.ts.map leads to the missing source ../src/index.ts",
    ]);
  });
});
