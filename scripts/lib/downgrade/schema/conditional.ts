import { type JsonObject, listOf } from "../../openapi.ts";
import type { SchemaRule } from "../schema.ts";

/** `if`, `then`, `else` say the same as: both `if` and `then`, or not `if` but `else`. */
export const conditional: SchemaRule = (schema) => {
  const { if: condition, then: consequence, else: alternative, ...rest } = schema;
  if (condition === undefined || (consequence === undefined && alternative === undefined)) return rest;
  const choice: JsonObject = {
    anyOf: [
      consequence === undefined ? condition : { allOf: [condition, consequence] },
      alternative === undefined ? { not: condition } : { allOf: [{ not: condition }, alternative] },
    ],
  };
  return { ...rest, allOf: [...listOf(rest.allOf), choice] };
};
