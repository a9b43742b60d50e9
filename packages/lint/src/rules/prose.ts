import { defineRule, type Report } from "../define-rule.js";
import { isObject, type JsonObject, objectOf, refOf } from "../json.js";
import type { Context, Rule } from "../redocly.js";
import { isNamedSchema } from "../schema-at.js";

/** Objects whose missing or empty description a built-in rule reports. */
const BUILT_IN = ["Operation", "Parameter", "Tag", "Response"];

/** Descriptions and summaries are there and read alike: whole sentences, plain and short. */
export const prose: Rule = defineRule("prose", (report) => ({
  any: {
    enter(node, context) {
      const { name: kind } = context.type;
      if (!isObject(node) || /Map$|^Named|^SchemaProperties$|^SpecExtension$/.test(kind)) return;
      const description = node.description;
      if (typeof description === "string") {
        if (description.trim() !== "" || !BUILT_IN.includes(kind)) {
          for (const problem of problemsOfText(description))
            report(context, context.location.child("description"), problem);
        }
      } else if (kind === "Header" || (kind === "Schema" && isNamedSchema(context.location))) {
        const what = kind === "Header" ? `Header ${String(context.key)}` : "The schema";
        report(
          context,
          context.location,
          `${what} has no description; say what it is, with unit, default and limits.`,
        );
      }
      if (kind === "Operation") checkSummary(report, context, node);
      if (kind === "Schema") checkProperties(report, context, node);
    },
  },
}));

function checkProperties(report: Report, context: Context, schema: JsonObject): void {
  for (const [name, property] of Object.entries(objectOf(schema.properties))) {
    if (!isObject(property) || refOf(property) !== undefined || property.description !== undefined) continue;
    if (Array.isArray(property.anyOf) && property.anyOf.some((member) => refOf(member) !== undefined))
      continue;
    report(
      context,
      context.location.child(["properties", name]),
      `Property ${name} has no description; say what it is, with unit, default and limits.`,
    );
  }
}

function checkSummary(report: Report, context: Context, operation: JsonObject): void {
  const summary = operation.summary;
  if (typeof summary !== "string" || summary === "") return;
  const place = context.location.child("summary");
  if (summary.length > 60)
    report(context, place, `The summary has ${summary.length} characters; say it in 60.`);
  if (!/^[A-Z]/.test(summary))
    report(context, place, "The summary begins without a capital; begin with an imperative such as `List`.");
  if (/^\w+(?<![su])s\b/.test(summary) || /^\w+ing\b/.test(summary))
    report(context, place, "The summary is no imperative; write `List`, not `Lists` or `Listing`.");
  if (/\.\s*$/.test(summary)) report(context, place, "The summary ends with a period; leave it out.");
}

/** What is wrong with a description, one sentence each; code blocks, inline code and tables are left alone. */
export function problemsOfText(text: string): readonly string[] {
  const trimmed = text.trim();
  if (trimmed === "") return ["The description is empty; say what this is."];
  const lastLine = trimmed.split("\n").at(-1) ?? "";
  const words = trimmed
    .replace(/```[\s\S]*?```/g, "")
    .replace(/`[^`]*`/g, "`")
    .split("\n")
    .filter((line) => !line.startsWith("|"))
    .join("\n");
  const tests: readonly (readonly [boolean, string])[] = [
    [
      !/^[\p{Lu}\d`"|#*-]/u.test(trimmed),
      "The description begins without a capital; begin it as a sentence.",
    ],
    [
      !/\.[)"*]?$/.test(lastLine) && !/^(\||\s*[-*] |\s*\d+\. |```)/.test(lastLine),
      "The description ends without a period; end it as a sentence.",
    ],
    [/\S {2,}\S/.test(words), "The description has two spaces in a row; keep one."],
    [/\bplease\b/i.test(words), "The description says please; say plainly what to do."],
    [
      /\bthis (api|interface|operation) is used to\b/i.test(words),
      'The description says what "is used to"; say what the operation does.',
    ],
  ];
  return tests.filter(([wrong]) => wrong).map(([, problem]) => problem);
}
