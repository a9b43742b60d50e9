import type { SchemaRule } from "../schema.ts";

/** 3.0 forbids an empty list of required names. */
export const emptyLists: SchemaRule = (schema) => {
  if (!Array.isArray(schema.required) || schema.required.length > 0) return schema;
  const { required: _, ...rest } = schema;
  return rest;
};
