import { isObject, type Json, type JsonObject, listOf, objectOf } from "../openapi.ts";
import { rewrite } from "./rewrite.ts";

const prefix = "#/components/schemas/";

/**
 * Gives every named schema that some place refers to as "this or null" a twin that may be null,
 * `Nullable<Name>`, and refers to that. In 3.0.3 `nullable` counts only beside `type`, so a place cannot add
 * it to a `$ref`, and readers of 3.0 have no other type for null. Still a document of 3.1.
 */
export function nullableTwins(document: JsonObject): JsonObject {
  const schemas = objectOf(objectOf(document.components).schemas);
  const twins = new Map<string, JsonObject>();
  const visited = rewrite(document, "document", (value, kind) => {
    const choice = kind === "schema" && isObject(value) ? referenceOrNull(value) : undefined;
    const twin = choice && twinOf(objectOf(schemas[choice.name]));
    if (!choice || !twin || twinName(choice.name) in schemas) return value;
    twins.set(choice.name, twin);
    return { $ref: `${prefix}${twinName(choice.name)}`, ...choice.beside };
  });
  if (twins.size === 0) return document;
  const converted = objectOf(visited);
  const components = objectOf(converted.components);
  const named = Object.entries(objectOf(components.schemas)).flatMap(([name, schema]): [string, Json][] => {
    const twin = twins.get(name);
    return twin
      ? [
          [name, schema],
          [twinName(name), twin],
        ]
      : [[name, schema]];
  });
  return { ...converted, components: { ...components, schemas: Object.fromEntries(named) } };
}

function twinName(name: string): string {
  return `Nullable${name}`;
}

/** The name in "this schema or null", with what stands beside the choice. */
function referenceOrNull(schema: JsonObject): { name: string; beside: JsonObject } | undefined {
  for (const keyword of ["anyOf", "oneOf"]) {
    const branches = listOf(schema[keyword]).map(objectOf);
    const others = branches.filter((branch) => branch.type !== "null");
    const [only] = others;
    if (
      others.length !== 1 ||
      branches.length !== 2 ||
      typeof only?.$ref !== "string" ||
      !only.$ref.startsWith(prefix)
    )
      continue;
    const { [keyword]: _, ...beside } = schema;
    return { name: only.$ref.slice(prefix.length), beside };
  }
  return undefined;
}

/** The schema with null among its types, if it has a type, or among those of its last branch. */
function twinOf(schema: JsonObject): JsonObject | undefined {
  if (schema.allOf || schema.oneOf || schema.$ref || schema.const !== undefined) return undefined;
  if (schema.anyOf) {
    const branches = listOf(schema.anyOf);
    const last = twinOf(objectOf(branches.at(-1)));
    return last && { ...schema, anyOf: [...branches.slice(0, -1), last] };
  }
  if (schema.type === undefined) return undefined;
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  const values = Array.isArray(schema.enum)
    ? { enum: [...schema.enum.filter((value) => value !== null), null] }
    : {};
  return { ...schema, ...values, type: [...types.filter((name) => name !== "null"), "null"] };
}
