export type JsonObject = Readonly<Record<string, unknown>>;

/** True for a plain object, not for null or an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value if it is an object, otherwise an empty one. */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** The value if it is an array, otherwise an empty one. */
export function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The strings of an array; everything else in it, and anything that is no array, is left out. */
export function stringsOf(value: unknown): readonly string[] {
  return arrayOf(value).filter((item) => typeof item === "string");
}

/** The text of a reference, or undefined when the node is none. */
export function refOf(value: unknown): string | undefined {
  return isObject(value) && typeof value.$ref === "string" ? value.$ref : undefined;
}

/** The types that a schema names, as a list. */
export function typesOf(schema: JsonObject): readonly string[] {
  return typeof schema.type === "string" ? [schema.type] : stringsOf(schema.type);
}
