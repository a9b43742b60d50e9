import { beforeAll, describe, expect, it } from "vitest";
import { withProperties } from "../../test/documents.js";
import { lintFolder } from "../../test/lint-folder.js";

const reason = "The service spells it like that and nobody can change it.";
const until = "2027-12-31";
const today = "2026-11-01";
const undescribed = withProperties({ name: { type: "string" } });

/** Entries that are wrong, one thing each; all of them stand in one file. */
const wrongEntries = [
  {
    name: "an entry past its date",
    entry: { rule: "no-ambiguous-paths", reason, until: today },
    want: `no-ambiguous-paths: the exception ended on ${today}; solve what it hides, or give a new reason and date.`,
  },
  {
    name: "an entry without a date",
    entry: { rule: "paths-kebab-case", reason },
    want: "paths-kebab-case: `until` is no date; write the day on which the exception ends, as YYYY-MM-DD.",
  },
  {
    name: "an entry without a real reason",
    entry: { rule: "path-segment-plural", reason: "later", until },
    want: "path-segment-plural: the reason is no sentence; say why the rule does not fit, with a capital and a period.",
  },
  {
    name: "an entry for a rule that is on",
    entry: { rule: "no-identical-paths", reason, until },
    want: "no-identical-paths: the rule is on, so nothing needs this entry; remove it.",
  },
  {
    name: "an entry for an unknown rule",
    entry: { rule: "no-such-rule", reason, until },
    want: "no-such-rule: no such rule is configured in redocly.yaml; correct the name or remove the entry.",
  },
  {
    name: "a place that needs no excuse",
    entry: { rule: "fg/response-example", where: ["paths/a.yaml"], reason, until },
    want: "fg/response-example: nothing at paths/a.yaml needs this entry; remove that place.",
  },
  {
    name: "a place of one of Redocly's own rules",
    entry: { rule: "no-empty-servers", where: "#/paths", reason, until },
    want: "no-empty-servers: only rules of this project can be excused at a place; remove `where` or the entry.",
  },
];

const notAtError = (rule: string): string =>
  `${rule} is not at error, and lint-exceptions.yaml does not say why; switch it on or add an entry with rule, reason and until.`;

async function lint(
  rules: object,
  exceptions: readonly unknown[],
  files: object = {},
): Promise<readonly string[]> {
  const [problems] = await lintFolder({
    files: {
      "openapi.yaml": { ...undescribed, servers: [{ url: "/" }] },
      "lint-exceptions.yaml": { exceptions },
      ...files,
    },
    rules: { ...rules, "fg/lint-exceptions": { severity: "error", today } },
    documents: ["openapi.yaml"],
  });
  return (problems ?? []).map(({ file, message }) => `${file}: ${message}`);
}

describe("fg/lint-exceptions", () => {
  it("lets pass what is off or excused with a reason and a date to come", async () => {
    const rules = { "info-contact": "off", "fg/prose": "error" };
    const exceptions = [
      { rule: "info-contact", reason, until },
      { rule: "fg/prose", where: "openapi.yaml#/components/schemas/Thing", reason, until },
    ];
    expect(await lint(rules, exceptions)).toEqual([]);
  });

  describe("reports", () => {
    let messages: readonly string[] = [];
    beforeAll(async () => {
      const off = {
        "no-ambiguous-paths": "off",
        "paths-kebab-case": "off",
        "path-segment-plural": "off",
        "info-contact": "off",
      };
      const on = {
        "no-identical-paths": "error",
        "fg/response-example": "error",
        "no-empty-servers": "error",
      };
      const rules = { ...off, ...on, "no-path-trailing-slash": "warn" };
      const files = { ".redocly.lint-ignore.yaml": {} };
      messages = await lint(
        rules,
        wrongEntries.map(({ entry }) => entry),
        files,
      );
    });

    it.each([
      ...wrongEntries,
      { name: "a rule that is off without an entry", want: notAtError("info-contact") },
      { name: "a rule that only warns without an entry", want: notAtError("no-path-trailing-slash") },
      {
        name: "an ignore file",
        want: ".redocly.lint-ignore.yaml hides problems without a reason; delete it and write entries into lint-exceptions.yaml.",
      },
    ])("$name", ({ want }) => {
      expect(messages).toContain(`lint-exceptions.yaml: ${want}`);
    });

    it("and nothing else", () => {
      expect(messages).toHaveLength(wrongEntries.length + 3);
    });
  });
});
