import { isObject, type Json, type JsonObject, listOf } from "../openapi.ts";

/**
 * The values that a schema's enumeration lists, whether it is closed or open; undefined when it has none. A
 * constant is no enumeration.
 */
export function knownValues(schema: Json | undefined): { values: Json[]; open: boolean } | undefined {
  if (!isObject(schema)) return undefined;
  if (Array.isArray(schema.enum)) {
    const values = schema.enum.filter((value) => value !== null);
    return values.length > 0 ? { values, open: false } : undefined;
  }
  if (!isOpenEnum(schema)) return undefined;
  const values = listOf(schema.anyOf).flatMap((branch) => (isObject(branch) ? listOf(branch.enum) : []));
  return { values: values.filter((value) => value !== null), open: true };
}

/** Tells whether a schema lists values that the service may extend. */
export function isOpenEnum(schema: JsonObject): boolean {
  return schema["x-fg-open-enum"] === true && Array.isArray(schema.anyOf);
}
