import { defineRule, type Report } from "../define-rule.js";
import { isObject, objectOf } from "../json.js";
import type { Context, Rule } from "../redocly.js";
import { follow } from "../schema-at.js";

/** Every body, of a response or a request, is shown by at least one example; binary ones cannot be. */
export const responseExample: Rule = defineRule("response-example", (report) => ({
  Response(node, context) {
    needsExamples(report, context, node, "response");
  },
  RequestBody(node, context) {
    needsExamples(report, context, node, "request body");
  },
}));

function needsExamples(report: Report, context: Context, node: unknown, what: string): void {
  for (const [mediaType, value] of Object.entries(objectOf(objectOf(node).content))) {
    const media = objectOf(value);
    if (media.example !== undefined || (isObject(media.examples) && Object.keys(media.examples).length > 0))
      continue;
    const place = context.location.child(["content", mediaType]);
    if (follow(context, media.schema, place)?.schema.format === "binary") continue;
    report(
      context,
      place.key(),
      `The ${what} has no example for ${mediaType}; add one under examples, as a file of spec/examples.`,
    );
  }
}
