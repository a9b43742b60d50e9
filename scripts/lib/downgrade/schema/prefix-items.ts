import { listOf } from "../../openapi.ts";
import type { SchemaRule } from "../schema.ts";

/** A tuple becomes a list whose items may look like any place of the tuple. */
export const prefixItems: SchemaRule = (schema) => {
  if (schema.prefixItems === undefined) return schema;
  const { prefixItems: places, items, ...rest } = schema;
  // `items: false` was converted to `not: {}` before: the tuple is closed.
  const closed = JSON.stringify(items) === '{"not":{}}';
  if (items === undefined) return { ...rest, items: {} };
  const length = closed && rest.maxItems === undefined ? { maxItems: listOf(places).length } : {};
  return { ...rest, ...length, items: { anyOf: closed ? listOf(places) : [...listOf(places), items] } };
};
