import type { AdditionalVersionStrategy } from "@functiongraph/types";
import { beforeEach, describe, expect, it } from "vitest";
import {
  ada,
  addLocalFunction,
  addLocalVersion,
  type LocalApp,
  localApp,
} from "../../../test/support/local-app.ts";
import { findFunction } from "../functions/find-function.ts";
import { type AliasRecord, aliases, aliasKey } from "../functions/records.ts";
import { SeededRng } from "../seeded-rng.ts";
import { chooseVersion } from "./choose-version.ts";

let app: LocalApp;
beforeEach(async () => {
  app = localApp();
  await addLocalFunction(app, ada, { func_name: "split" });
  for (const version of ["v1", "v2"]) addLocalVersion(app, ada, "split", version);
});

/** The versions that so many calls of an alias with this split run. */
function versionsOf(
  split: Pick<AliasRecord, "weights" | "strategy">,
  calls: number,
  headers?: Readonly<Record<string, string>>,
  seed = 1,
): string[] {
  const rng = new SeededRng(seed);
  app.store.write((tx) =>
    tx.put(aliases, ada.projectId, aliasKey("default", "split", "live"), {
      name: "live",
      version: "v1",
      lastModified: "2026-03-02T10:00:00Z",
      ...split,
    }),
  );
  return app.store.read((tx) => {
    const found = findFunction(tx, ada.projectId, "default:split");
    const alias = tx.get(aliases, ada.projectId, aliasKey("default", "split", "live"));
    const target = alias ? { ...found, alias, version: { ...found.version, version: "v1" } } : found;
    return Array.from(
      { length: calls },
      () => chooseVersion(tx, ada.projectId, target, rng, headers).version.version,
    );
  });
}

describe("by weight", () => {
  it("gives each version its share", () => {
    const ran = versionsOf({ weights: { v2: 30 } }, 2000).filter((version) => version === "v2").length;
    expect(ran).toBeGreaterThan(520);
    expect(ran).toBeLessThan(680);
  });

  it("chooses the same for the same seed, and otherwise for another", () => {
    const [first, again, other] = [1, 1, 2].map((seed) => versionsOf({ weights: { v2: 50 } }, 50, {}, seed));
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it.each([
    [0, "v1"],
    [100, "v2"],
  ])("a weight of %i leaves no choice", (weight, version) => {
    expect(new Set(versionsOf({ weights: { v2: weight } }, 200))).toEqual(new Set([version]));
  });

  it("an additional version that is gone takes no share", () => {
    expect(new Set(versionsOf({ weights: { v9: 100 } }, 5))).toEqual(new Set(["v1"]));
  });
});

describe("by rules", () => {
  type Rule = NonNullable<AdditionalVersionStrategy[string]["rules"]>[number];
  const group: Rule = { rule_type: "Header", param: "X-Group", op: "=", value: "staff" };
  const plan: Rule = { rule_type: "Header", param: "X-Plan", op: "in", value: "gold, silver" };
  const cookie: Rule = { rule_type: "Cookie", param: "beta", op: "=", value: "1" };
  const session: Rule = { rule_type: "Cookie", param: "sid", op: "=", value: "YWI=" };

  it.each<[string, AdditionalVersionStrategy[string], Record<string, string>, string]>([
    [
      "a header that is equal, whatever the case of its name",
      { rules: [group] },
      { "x-group": "staff" },
      "v2",
    ],
    ["a header that is not", { rules: [group] }, { "x-group": "guests" }, "v1"],
    ["no such header", { rules: [group] }, {}, "v1"],
    ["a header in a list", { rules: [plan] }, { "x-plan": "silver" }, "v2"],
    ["a header not in a list", { rules: [plan] }, { "x-plan": "bronze" }, "v1"],
    ["a cookie", { rules: [cookie] }, { cookie: "a=b; beta=1" }, "v2"],
    ["another cookie", { rules: [cookie] }, { cookie: "beta=2" }, "v1"],
    ["a cookie whose value has equals signs", { rules: [session] }, { cookie: "a=b; sid=YWI=" }, "v2"],
    ["a cookie without a value", { rules: [cookie] }, { cookie: "beta; sid=YWI=" }, "v1"],
    [
      "all of two rules",
      { rules: [group, plan], combine_type: "and" },
      { "x-group": "staff", "x-plan": "gold" },
      "v2",
    ],
    [
      "one of two that both count",
      { rules: [group, plan], combine_type: "and" },
      { "x-group": "staff" },
      "v1",
    ],
    [
      "one of two of which one is enough",
      { rules: [group, plan], combine_type: "or" },
      { "x-plan": "gold" },
      "v2",
    ],
    ["no rules at all", { rules: [] }, {}, "v1"],
  ])("%s", (_what, rules, headers, version) => {
    expect(versionsOf({ strategy: { v2: rules } }, 1, headers)).toEqual([version]);
  });
});
