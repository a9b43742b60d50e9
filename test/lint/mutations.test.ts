import { existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Draft } from "./draft.ts";
import { excerpt } from "./excerpt.ts";
import { configuredRules, root } from "./lint-config.ts";
import { lintCopy, writeIn } from "./lint-mutants.ts";
import { bundleMutations, type Mutation } from "./mutations.ts";

const FILE_NAMES = "fg/file-name-matches-content";
const EXCEPTIONS = "fg/lint-exceptions";
const bundle = join(root, "spec", "dist", "openapi.json");
/** Excerpts by the tags of their operations, small ones first. The last one is enough for every mutation to find its target. */
const EXCERPTS: Readonly<Record<string, readonly string[]>> = {
  tiny: ["quotas"],
  small: ["async-execution", "quotas"],
  excerpt: ["async-execution", "quotas", "versions"],
};
const enabled = [...configuredRules()].filter(([, severity]) => severity === "error").map(([name]) => name);
const documentOf = (rule: string): string => `mutants/${rule.replace("/", "-")}.json`;

function excerptsOf(text: string): readonly (readonly [name: string, text: string])[] {
  const whole: Draft = JSON.parse(text);
  return Object.entries(EXCERPTS).map(([name, tags]) => [name, JSON.stringify(excerpt(whole, tags))]);
}

/** The smallest excerpt in which a mutation finds its target, with the mutation: it is linted soonest. */
function mutant(excerpts: readonly string[], mutate: Mutation): string {
  const [smallest = "", ...larger] = excerpts;
  const document: Draft = JSON.parse(smallest);
  try {
    mutate(document);
    return JSON.stringify(document);
  } catch (error) {
    if (larger.length === 0) throw error;
    return mutant(larger, mutate);
  }
}

describe("one mutation of the description for each rule", () => {
  it("exists for every rule that is on, and for no other", () => {
    expect([...Object.keys(bundleMutations), FILE_NAMES, EXCEPTIONS].sort()).toEqual(enabled.sort());
  });

  describe("in the bundle", () => {
    let fired: ReadonlyMap<string, readonly string[]> = new Map();
    beforeAll(() => {
      if (!existsSync(bundle))
        throw new Error("spec/dist/openapi.json is missing; run `npm run build` first.");
      const text = readFileSync(bundle, "utf8");
      const rules = Object.keys(bundleMutations);
      fired = lintCopy(
        (folder) => {
          const excerpts = excerptsOf(text);
          writeIn(folder, documentOf("whole"), text);
          for (const [name, small] of excerpts) writeIn(folder, documentOf(name), small);
          const texts = excerpts.map(([, small]) => small);
          for (const [rule, mutate] of Object.entries(bundleMutations))
            writeIn(folder, documentOf(rule), mutant(texts, mutate));
        },
        ["whole", ...Object.keys(EXCERPTS), ...rules].map(documentOf),
      );
    }, 120_000);

    it.each(["whole", ...Object.keys(EXCERPTS)])("breaks nothing when nothing is changed (%s)", (name) => {
      expect(fired.get(documentOf(name))).toEqual([]);
    });

    it.each(Object.keys(bundleMutations))("fires %s and nothing else", (rule) => {
      expect(fired.get(documentOf(rule))).toEqual([rule]);
    });
  });

  it(`fires ${FILE_NAMES} and nothing else when a source file is renamed`, () => {
    const fired = lintCopy(
      (folder) => {
        renameSync(join(folder, "paths/quotas/quotas.yaml"), join(folder, "paths/quotas/limits.yaml"));
        const sources = readFileSync(join(folder, "openapi.yaml"), "utf8");
        writeIn(
          folder,
          "openapi.yaml",
          sources.replace("paths/quotas/quotas.yaml", "paths/quotas/limits.yaml"),
        );
      },
      ["openapi.yaml"],
    );
    expect(fired.get("openapi.yaml")).toEqual([FILE_NAMES]);
  }, 30_000);

  it(`fires ${EXCEPTIONS} and nothing else when an exception has ended`, () => {
    const fired = lintCopy(
      (folder) => {
        const exceptions = readFileSync(join(folder, "lint-exceptions.yaml"), "utf8");
        writeIn(folder, "lint-exceptions.yaml", exceptions.replace(/until: .*/, "until: 2020-01-01"));
        const [[, small = ""] = []] = excerptsOf(readFileSync(bundle, "utf8"));
        writeIn(folder, documentOf("tiny"), small);
      },
      [documentOf("tiny")],
    );
    expect(fired.get(documentOf("tiny"))).toEqual([EXCEPTIONS]);
  }, 30_000);
});
