import { listOf } from "../../openapi.ts";
import type { SchemaRule } from "../schema.ts";

/** 3.0 ignores what stands beside a `$ref`, so the reference moves into `allOf`. */
export const referenceSiblings: SchemaRule = (schema) => {
  const { $ref, allOf, ...rest } = schema;
  if (typeof $ref !== "string" || Object.keys(schema).length === 1) return schema;
  return { allOf: [{ $ref }, ...listOf(allOf)], ...rest };
};
