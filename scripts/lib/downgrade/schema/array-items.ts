import { listOf } from "../../openapi.ts";
import type { SchemaRule } from "../schema.ts";

/** 3.0 demands `items` beside `type: array`. */
export const arrayItems: SchemaRule = (schema) =>
  (schema.type === "array" || listOf(schema.type).includes("array")) && schema.items === undefined
    ? { ...schema, items: {} }
    : schema;
