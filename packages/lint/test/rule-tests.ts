import { beforeAll, describe, expect, it } from "vitest";
import { lintFolder, type Problem } from "./lint-folder.js";

/** One document and the messages that the rule gives for it. */
export interface Case {
  readonly name: string;
  readonly given: unknown;
  readonly want: readonly string[];
}

/** Declares one test for each case; all cases go through one call of the real Redocly with this rule alone. */
export function ruleTests(
  rule: string,
  cases: readonly Case[],
  files: Readonly<Record<string, unknown>> = {},
): void {
  describe(`fg/${rule}`, () => {
    let results: readonly (readonly Problem[])[] = [];
    const fileOf = (index: number): string => `cases/${index}.json`;
    beforeAll(async () => {
      results = await lintFolder({
        files: { ...files, ...Object.fromEntries(cases.map(({ given }, index) => [fileOf(index), given])) },
        rules: { [`fg/${rule}`]: "error" },
        documents: cases.map((_case, index) => fileOf(index)),
      });
    });
    it.each(cases.map(({ name, want }, index) => ({ name, want, index })))("$name", ({ want, index }) => {
      expect(results[index]?.map(({ message }) => message)).toEqual(want);
    });
  });
}
