import { isObject, type Json, type JsonObject } from "../openapi.ts";
import { arrayItems } from "./schema/array-items.ts";
import { conditional } from "./schema/conditional.ts";
import { constant } from "./schema/constant.ts";
import { contentKeywords } from "./schema/content-keywords.ts";
import { dependentRequired } from "./schema/dependent-required.ts";
import { emptyLists } from "./schema/empty-lists.ts";
import { exampleList } from "./schema/example-list.ts";
import { exclusiveBounds } from "./schema/exclusive-bounds.ts";
import { nullBranch } from "./schema/null-branch.ts";
import { patternProperties } from "./schema/pattern-properties.ts";
import { prefixItems } from "./schema/prefix-items.ts";
import { referenceSiblings } from "./schema/reference-siblings.ts";
import { typeList } from "./schema/type-list.ts";
import { unsupportedKeywords } from "./schema/unsupported-keywords.ts";

/** One difference between the two dialects: takes a schema, gives one that 3.0 can read. */
export type SchemaRule = (schema: JsonObject) => JsonObject;

/** Applied in this order; rules that add `anyOf` or `allOf` come after those that read them. */
const rules: readonly SchemaRule[] = [
  exampleList,
  constant,
  exclusiveBounds,
  contentKeywords,
  prefixItems,
  patternProperties,
  nullBranch,
  arrayItems,
  typeList,
  conditional,
  dependentRequired,
  emptyLists,
  unsupportedKeywords,
  referenceSiblings,
];

/** Converts one schema whose subschemas are converted already. `field` is the keyword that holds it. */
export function downgradeSchema(schema: Json, field: string): Json {
  if (typeof schema === "boolean") {
    if (field === "additionalProperties") return schema;
    return schema ? {} : { not: {} };
  }
  return isObject(schema) ? rules.reduce((current, rule) => rule(current), schema) : schema;
}
