import { dereference, isObject, type Json, type JsonObject, listOf, objectOf } from "../openapi.ts";

/** A schema together with every alternative that composition offers in its place, references followed. */
export function alternatives(document: JsonObject, schema: Json | undefined, depth = 0): JsonObject[] {
  if (!isObject(schema)) return [];
  const resolved = dereference(document, schema);
  if (depth > 8) return [resolved];
  const composed = ["allOf", "anyOf", "oneOf"].flatMap((keyword) => listOf(resolved[keyword]));
  return [resolved, ...composed.flatMap((member) => alternatives(document, member, depth + 1))];
}

/** The steps of a fact's path: property names, `[]` for an item, `*` for any key. */
export function stepsOf(path: string): string[] {
  return path.split(".").flatMap((part) => {
    const name = part.replaceAll("[]", "");
    const items = part.match(/\[\]/g) ?? [];
    return name === "" ? items : [name, ...items];
  });
}

/** Every schema that describes the value at a path below these schemas; none when the path is not described. */
export function schemasAt(document: JsonObject, roots: readonly JsonObject[], path: string): JsonObject[] {
  return stepsOf(path).reduce<JsonObject[]>(
    (schemas, step) => schemas.flatMap((schema) => below(document, schema, step)),
    [...roots],
  );
}

function below(document: JsonObject, schema: JsonObject, step: string): JsonObject[] {
  if (step === "[]") return alternatives(document, schema.items);
  const properties = objectOf(schema.properties);
  if (step !== "*") return alternatives(document, properties[step]);
  if (isObject(schema.additionalProperties)) return alternatives(document, schema.additionalProperties);
  const open =
    schema.additionalProperties === true ||
    (schema.type === "object" && Object.keys(properties).length === 0);
  return open ? [{}] : [];
}

/** All values that these schemas list, as text. */
export function valuesOf(schemas: readonly JsonObject[]): Set<string> {
  return new Set(
    schemas.flatMap((schema) =>
      [...listOf(schema.enum), ...(schema.const === undefined ? [] : [schema.const])].map(String),
    ),
  );
}
