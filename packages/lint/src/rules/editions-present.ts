import { defineRule, type Report } from "../define-rule.js";
import { isObject, objectOf, refOf, stringsOf } from "../json.js";
import type { Context, Place, Rule } from "../redocly.js";
import { follow } from "../schema-at.js";
import { knownEditions } from "../spec-folder.js";

const EXTENSION = "x-fg-editions";

/** Operations, webhooks, parameters, headers and properties name the editions that document them. */
export const editionsPresent: Rule = defineRule("editions-present", (report) => ({
  Operation(node, context) {
    check(
      report,
      context,
      context.location,
      objectOf(node)[EXTENSION],
      `Operation ${String(objectOf(node).operationId)}`,
    );
  },
  Parameter(node, context) {
    check(
      report,
      context,
      context.location,
      objectOf(node)[EXTENSION],
      `Parameter ${String(objectOf(node).name)}`,
    );
  },
  Header(node, context) {
    check(report, context, context.location, objectOf(node)[EXTENSION], `Header ${String(context.key)}`);
  },
  Schema(schema, context) {
    for (const [name, property] of Object.entries(objectOf(objectOf(schema).properties))) {
      if (!isObject(property)) continue;
      const location = context.location.child(["properties", name]);
      const target = refOf(property) === undefined ? undefined : follow(context, property, location);
      check(report, context, location, property[EXTENSION] ?? target?.schema[EXTENSION], `Property ${name}`);
    }
  },
}));

function check(report: Report, context: Context, place: Place, editions: unknown, what: string): void {
  if (editions === undefined || (Array.isArray(editions) && editions.length === 0)) {
    report(context, place, `${what} does not say which editions document it; add ${EXTENSION}.`);
    return;
  }
  const known = knownEditions(context);
  for (const edition of stringsOf(editions).filter((name) => !known.has(name))) {
    report(
      context,
      place,
      `${what} names the edition ${edition}, which provenance/editions.yaml does not have; use one of ${[...known].join(", ")}.`,
    );
  }
}
