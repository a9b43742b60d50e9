import type { JsonObject } from "../../openapi.ts";
import type { SchemaRule } from "../schema.ts";

/** An exclusive bound of 3.0 is a flag beside the bound; of two bounds the stricter one stays. */
export const exclusiveBounds: SchemaRule = (schema) =>
  bound(bound(schema, "minimum", "exclusiveMinimum", Math.max), "maximum", "exclusiveMaximum", Math.min);

function bound(
  schema: JsonObject,
  inclusive: "minimum" | "maximum",
  exclusive: "exclusiveMinimum" | "exclusiveMaximum",
  stricter: (a: number, b: number) => number,
): JsonObject {
  const { [exclusive]: limit, ...rest } = schema;
  if (typeof limit !== "number") return schema;
  const other = rest[inclusive];
  const exclusiveWins = typeof other !== "number" || stricter(limit, other) === limit;
  return exclusiveWins ? { ...rest, [inclusive]: limit, [exclusive]: true } : rest;
}
