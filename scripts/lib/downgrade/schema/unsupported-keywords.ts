import type { SchemaRule } from "../schema.ts";

/**
 * Keywords that only narrow what is valid or comment on it: without them 3.0 accepts a little more, and
 * nothing else changes.
 */
const dropped = [
  "$schema",
  "$comment",
  "propertyNames",
  "contains",
  "minContains",
  "maxContains",
  "unevaluatedProperties",
  "unevaluatedItems",
];

/** Keywords without which a reference would lead nowhere. */
const refused = ["$defs", "$id", "$anchor", "$dynamicRef", "$dynamicAnchor", "$vocabulary"];

/** Drops what 3.0 does not know, and refuses what cannot be dropped unnoticed. */
export const unsupportedKeywords: SchemaRule = (schema) => {
  const refusal = refused.find((keyword) => keyword in schema);
  if (refusal) {
    throw new Error(
      `OpenAPI 3.0 has nothing for \`${refusal}\`: give the schema a name under components.schemas and refer to it there.`,
    );
  }
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => !dropped.includes(keyword)));
};
