import { dereference, isObject, type Json, type JsonObject, listOf, objectOf } from "../openapi.ts";
import { isOpenEnum, knownValues } from "./known-values.ts";

/** Name of the field under which `prepare` leaves the source text of a schema's type. */
export const typeSource = "x-type-source";

/**
 * Marks the schemas whose types openapi-typescript cannot express by itself: open enumerations keep their
 * known values for completion, "any string but these" becomes a type that comparisons exclude, and bytes
 * become `Binary`.
 */
export function prepare(document: JsonObject): JsonObject {
  const visit = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(visit);
    if (!isObject(value)) return value;
    const marked = markDiscriminated(document, markType(value));
    // Examples can be large and look like schemas.
    return Object.fromEntries(
      Object.entries(marked).map(([key, part]) => [
        key,
        key === "example" || key === "examples" ? part : visit(part),
      ]),
    );
  };
  const { examples: _, ...components } = objectOf(document.components);
  const marked = objectOf(visit({ ...document, components }));
  // References to examples must still lead somewhere.
  return {
    ...marked,
    components: { ...objectOf(marked.components), examples: objectOf(document.components).examples ?? {} },
  };
}

function markType(schema: JsonObject): JsonObject {
  if (isOpenEnum(schema)) {
    const { anyOf, ...rest } = schema;
    const nullable = listOf(anyOf).some((branch) => objectOf(branch).type === "null");
    const known = knownValues(schema)?.values ?? [];
    const members = [
      ...known.map((value) => JSON.stringify(value)),
      "(string & {})",
      ...(nullable ? ["null"] : []),
    ];
    return { ...rest, type: "string", [typeSource]: members.join(" | ") };
  }
  const excluded = listOf(objectOf(schema.not).enum);
  if (schema.type === "string" && excluded.length > 0) {
    return {
      ...schema,
      [typeSource]: `Other<${excluded.map((value) => JSON.stringify(value)).join(" | ")}>`,
    };
  }
  if (schema.type === "string" && schema.format === "binary") return { ...schema, [typeSource]: "Binary" };
  return schema;
}

/**
 * A choice whose branches all state their discriminator themselves needs no help, and openapi-typescript's
 * would replace their descriptions.
 */
function markDiscriminated(document: JsonObject, schema: JsonObject): JsonObject {
  const property = objectOf(schema.discriminator).propertyName;
  if (typeof property !== "string" || !Array.isArray(schema.oneOf)) return schema;
  if (!schema.oneOf.every((branch) => states(document, branch, property))) return schema;
  const { discriminator: _, ...rest } = schema;
  return rest;
}

function states(document: JsonObject, branch: Json, property: string): boolean {
  const schema = dereference(document, branch);
  const own = dereference(document, objectOf(schema.properties)[property]);
  const stated = own.const !== undefined || own.enum !== undefined;
  return stated || listOf(schema.allOf).some((part) => states(document, part, property));
}
