import type { Json } from "../../openapi.ts";
import type { SchemaRule } from "../schema.ts";

/** `const` is an enumeration of one value. */
export const constant: SchemaRule = (schema) => {
  if (schema.const === undefined) return schema;
  const { const: value, ...rest } = schema;
  return { ...rest, ...(rest.type === undefined ? typeOf(value) : {}), enum: [value as Json] };
};

function typeOf(value: Json | undefined): { type?: string | string[] } {
  if (value === null) return { type: "null" };
  if (typeof value === "number") return { type: Number.isInteger(value) ? "integer" : "number" };
  return typeof value === "string" || typeof value === "boolean" ? { type: typeof value } : {};
}
