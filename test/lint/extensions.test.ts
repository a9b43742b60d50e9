import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EXTENSIONS } from "../../packages/lint/src/rules/known-extensions.ts";
import { root } from "./lint-config.ts";

describe("spec/EXTENSIONS.md", () => {
  it("has a row for each extension that fg/known-extensions lets pass, and for no other", () => {
    const page = readFileSync(join(root, "spec", "EXTENSIONS.md"), "utf8");
    const rows = [...page.matchAll(/^\| `(x-[\w-]+)` \|/gm)].map(([, name]) => name);
    expect(rows.sort()).toEqual(Object.keys(EXTENSIONS).sort());
  });
});
