import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { builtInRules, configuredRules, root } from "./lint-config.ts";

const ours = readdirSync(join(root, "packages", "lint", "src", "rules"))
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
  .map((name) => `fg/${name.replace(".ts", "")}`);

describe("spec/redocly.yaml", () => {
  it("names every rule that Redocly has for OpenAPI 3.1, so that a new one is noticed", () => {
    const named = [...configuredRules().keys()].filter((name) => !name.startsWith("fg/"));
    expect(named.sort()).toEqual([...builtInRules()].sort());
  });

  it("names every rule of packages/lint", () => {
    const named = [...configuredRules().keys()].filter((name) => name.startsWith("fg/"));
    expect(named.sort()).toEqual(ours.sort());
  });

  it("has each rule at error or off, and ours at error", () => {
    for (const [name, severity] of configuredRules())
      expect([name, severity]).toEqual([
        name,
        name.startsWith("fg/") ? "error" : expect.stringMatching(/^(error|off)$/),
      ]);
  });
});
