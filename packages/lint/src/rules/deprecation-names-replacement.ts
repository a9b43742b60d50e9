import { defineRule, type Report } from "../define-rule.js";
import { isObject, type JsonObject, objectOf, refOf } from "../json.js";
import { operationsOf } from "../operations.js";
import type { Context, Place, Rule } from "../redocly.js";
import { fieldAt, follow } from "../schema-at.js";

const EXTENSION = "x-fg-replacement";

/** What is deprecated names what to use instead, and only that does. */
export const deprecationNamesReplacement: Rule = defineRule("deprecation-names-replacement", (report) => ({
  Root: {
    enter(root, context) {
      const operations = operationsOf(context, root);
      const ids = new Set(operations.map(({ node }) => node.operationId));
      for (const { node, location } of operations) {
        const what = `Operation ${String(node.operationId)}`;
        check(report, context, location, {
          what,
          node,
          exists: (name) => ids.has(name),
          kind: "operationId",
        });
      }
    },
  },
  Schema(schema, context) {
    for (const [name, property] of Object.entries(objectOf(objectOf(schema).properties))) {
      const location = context.location.child(["properties", name]);
      const target = refOf(property) === undefined ? undefined : follow(context, property, location);
      check(report, context, location, {
        what: `Property ${name}`,
        node: { ...target?.schema, ...(isObject(property) ? property : {}) },
        exists: (other) => other !== name && fieldAt(context, schema, context.location, other) !== undefined,
        kind: "property beside it",
      });
    }
  },
}));

interface Subject {
  readonly what: string;
  readonly node: JsonObject;
  readonly exists: (replacement: string) => boolean;
  readonly kind: string;
}

function check(report: Report, context: Context, place: Place, { what, node, exists, kind }: Subject): void {
  const replacement = node[EXTENSION];
  if (node.deprecated !== true) {
    if (replacement !== undefined)
      report(context, place, `${what} names a replacement but is not deprecated; add \`deprecated: true\`.`);
    return;
  }
  if (replacement === undefined) {
    report(
      context,
      place,
      `${what} is deprecated but names no replacement; add ${EXTENSION} with an existing ${kind}, or \`none\`.`,
    );
  } else if (typeof replacement === "string" && replacement !== "none" && !exists(replacement)) {
    report(
      context,
      place,
      `${what} names ${replacement} as its replacement, which is no ${kind}; correct the name or write \`none\`.`,
    );
  }
}
