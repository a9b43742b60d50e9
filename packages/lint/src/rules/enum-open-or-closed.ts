import { defineRule } from "../define-rule.js";
import { arrayOf, isObject, type JsonObject, objectOf, typesOf } from "../json.js";
import type { Rule } from "../redocly.js";

const EXTENSION = "x-fg-open-enum";

/** Every enumeration says whether the service may add values to it. */
export const enumOpenOrClosed: Rule = defineRule("enum-open-or-closed", (report) => {
  // Parents are visited before their members, so what a parent settles is known when its member comes.
  const settled = new WeakSet<JsonObject>();
  return {
    Schema(node, context) {
      const schema = objectOf(node);
      for (const keyword of ["not", "if"]) settleAll(schema[keyword], settled);
      if (schema[EXTENSION] === true) {
        const known = openMember(schema);
        if (known) settled.add(known);
        else
          report(
            context,
            context.location,
            `${EXTENSION} is true, so write \`anyOf\` with the known values first and any value of the same type second.`,
          );
      }
      if (schema[EXTENSION] === false && schema.enum === undefined) {
        report(
          context,
          context.location,
          `${EXTENSION} is false, but there is no enum beside it; remove it or add the values.`,
        );
      }
      if (schema.enum === undefined || schema[EXTENSION] === false || settled.has(schema)) return;
      const remedy = `add \`${EXTENSION}: false\` if it is closed, or make it \`anyOf\` of the values and any string with \`${EXTENSION}: true\``;
      report(
        context,
        context.location.child("enum").key(),
        `The enum does not say whether it is closed; ${remedy}.`,
      );
    },
  };
});

/** The member with the known values, when the schema has the form of an open enumeration; a further `null` member is allowed. */
function openMember(schema: JsonObject): JsonObject | undefined {
  const [known, any, ...rest] = arrayOf(schema.anyOf).filter(isObject);
  if (!known || !any || known.enum === undefined || any.enum !== undefined) return undefined;
  if (typesOf(known).join() !== typesOf(any).join()) return undefined;
  return rest.every((member) => typesOf(member).join() === "null") ? known : undefined;
}

function settleAll(node: unknown, settled: WeakSet<JsonObject>): void {
  if (isObject(node)) settled.add(node);
  if (typeof node === "object" && node !== null)
    for (const value of Object.values(node)) settleAll(value, settled);
}
