import { listOf } from "../../openapi.ts";
import type { SchemaRule } from "../schema.ts";

/** A schema of 3.0 has one `example`: the first of the list. */
export const exampleList: SchemaRule = (schema) => {
  if (schema.examples === undefined) return schema;
  const { examples, ...rest } = schema;
  const [first] = listOf(examples);
  return rest.example === undefined && first !== undefined ? { ...rest, example: first } : rest;
};
