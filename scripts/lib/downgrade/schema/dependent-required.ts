import { type JsonObject, listOf, objectOf } from "../../openapi.ts";
import type { SchemaRule } from "../schema.ts";

/** "a needs b" is the same as: a is absent, or b is there (and what `dependentSchemas` says of it). */
export const dependentRequired: SchemaRule = (schema) => {
  const { dependentRequired: names, dependentSchemas: schemas, ...rest } = schema;
  const needs: [string, JsonObject][] = [
    ...Object.entries(objectOf(names))
      .filter(([, required]) => listOf(required).length > 0)
      .map(([name, required]): [string, JsonObject] => [name, { required: listOf(required) }]),
    ...Object.entries(objectOf(schemas)).map(([name, part]): [string, JsonObject] => [name, objectOf(part)]),
  ];
  if (needs.length === 0) return rest;
  const choices = needs.map(([name, need]) => ({ anyOf: [{ not: { required: [name] } }, need] }));
  return { ...rest, allOf: [...listOf(rest.allOf), ...choices] };
};
