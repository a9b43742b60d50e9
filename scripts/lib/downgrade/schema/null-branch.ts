import { isObject, type Json, type JsonObject, listOf } from "../../openapi.ts";
import type { SchemaRule } from "../schema.ts";

/**
 * "An inline type or null" becomes that type with `nullable`. A composition or null keeps its branch for
 * null, because in 3.0.3 `nullable` widens only the `type` beside it and never what `allOf` or a `$ref` says.
 * @see https://github.com/OAI/OpenAPI-Specification/blob/main/proposals/2019-10-31-Clarify-Nullable.md
 */
export const nullBranch: SchemaRule = (schema) => {
  for (const keyword of ["anyOf", "oneOf"] as const) {
    const branches = listOf(schema[keyword]);
    const others = branches.filter((branch) => !isNull(branch));
    const [only] = others;
    if (others.length !== 1 || branches.length === 1 || !isObject(only) || typeof only.type !== "string")
      continue;
    const { [keyword]: _, ...rest } = schema;
    if (Object.keys(only).some((key) => key in rest && key !== "description")) continue;
    return withNull({ ...only, ...rest });
  }
  return schema;
};

function isNull(branch: Json): boolean {
  return (
    isObject(branch) &&
    branch.nullable === true &&
    Array.isArray(branch.enum) &&
    branch.enum.every((value) => value === null)
  );
}

function withNull(schema: JsonObject): JsonObject {
  const values = schema.enum;
  const widened = Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {};
  return { ...schema, ...widened, nullable: true };
}
