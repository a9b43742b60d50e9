import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { RULES } from "./rules.js";

const fileAt = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const readme = readFileSync(fileAt("README.md"), "utf8");

describe.each(Object.keys(RULES))("fg/%s", (rule) => {
  it("has a test", () => {
    expect(existsSync(fileAt(`src/rules/${rule}.test.ts`))).toBe(true);
  });

  it("has a page that says why and how to fix", () => {
    const headings = readFileSync(fileAt(`docs/${rule}.md`), "utf8")
      .match(/^#.*$/gm)
      ?.filter((line) => !line.startsWith("# s"));
    expect(headings).toEqual([`# fg/${rule}`, "## Why", "## Good", "## Bad", "## How to fix"]);
  });

  it("stands in the table of the README", () => {
    expect(readme).toContain(`[${rule}](docs/${rule}.md)`);
  });
});

describe("the order of the rules", () => {
  it("ends with the one that judges which exceptions the others needed", () => {
    expect(Object.keys(RULES).at(-1)).toBe("lint-exceptions");
  });
});
