import { dereference, isObject, type Json, type JsonObject, listOf, objectOf } from "../openapi.ts";

/** Which way a body travels: fields that only the service sets are left out of requests. */
export type Direction = "request" | "response";

const annotations =
  /^(x-.*|description|title|examples?|default|deprecated|readOnly|writeOnly|discriminator|content.*|format)$/;
const int32: JsonObject = { minimum: -2147483648, maximum: 2147483647 };

/**
 * The JSON Schema that a validator is compiled from: references resolved, annotations gone, open enumerations
 * opened, and unions that a field decides turned into conditions, so that an error is that of the branch meant.
 */
export function schemaFor(
  document: JsonObject,
  schema: Json | undefined,
  direction: Direction,
  depth = 0,
): JsonObject {
  if (depth > 40)
    throw new Error("A schema refers to itself; schemaFor resolves all references in place and cannot.");
  const inner = (value: Json | undefined): JsonObject => schemaFor(document, value, direction, depth + 1);
  const source = dereference(document, schema);
  if (source.allOf) return inner(mergeAll(document, source));
  const union = listOf(source.oneOf ?? source.anyOf);
  if (source["x-fg-open-enum"] === true && union.length > 0) return opened(union.map(inner));
  const decided = union.length > 0 && decidedUnion(document, union, inner);
  if (decided) return decided;
  const hidden = direction === "request" ? "readOnly" : "writeOnly";
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(source)) {
    if (annotations.test(key) || key === "properties" || key === "required") continue;
    const list = key === "anyOf" || key === "oneOf";
    const nested = key === "items" || key === "not" || (key === "additionalProperties" && isObject(value));
    result[key] = list ? listOf(value).map(inner) : nested ? inner(value) : value;
  }
  if (source.format === "int32") Object.assign(result, { ...int32, ...result });
  const properties = Object.entries(objectOf(source.properties)).filter(
    ([, value]) => dereference(document, value)[hidden] !== true,
  );
  if (source.properties)
    result.properties = Object.fromEntries(properties.map(([name, value]) => [name, inner(value)]));
  const hiddenNames = Object.keys(objectOf(source.properties)).filter(
    (name) => !properties.some(([shown]) => shown === name),
  );
  const required = listOf(source.required).filter((name) => !hiddenNames.includes(String(name)));
  if (required.length > 0) result.required = required;
  if (direction === "response" && source.properties && source.additionalProperties === undefined) {
    result.additionalProperties = false;
  }
  return result;
}

/** One object for several that hold together. */
function mergeAll(document: JsonObject, source: JsonObject): JsonObject {
  const { allOf, ...rest } = source;
  const parts = [...listOf(allOf).map((part) => dereference(document, part)), rest];
  return {
    ...Object.assign({}, ...parts),
    properties: Object.assign({}, ...parts.map((part) => objectOf(part.properties))),
    required: [...new Set(parts.flatMap((part) => listOf(part.required)))],
  };
}

/** The branches of an open enumeration without the known values: every other value may come, too. */
function opened(branches: JsonObject[]): JsonObject {
  const open = branches.filter((branch) => branch.enum === undefined);
  return open.length === 1 && open[0] ? open[0] : { anyOf: open };
}

/** A union whose branches tell themselves apart by the constant of one field; the branch without one takes the rest. */
function decidedUnion(
  document: JsonObject,
  union: Json[],
  inner: (value: Json) => JsonObject,
): JsonObject | undefined {
  const branches = union.flatMap((branch) => {
    const target = dereference(document, branch);
    return target.discriminator ? listOf(target.oneOf ?? target.anyOf) : [branch];
  });
  const fields = branches.map((branch) => constants(document, branch));
  const field = Object.keys(fields[0] ?? {})[0];
  if (field === undefined || fields.filter((each) => each[field] === undefined).length > 1) return undefined;
  const known = fields.flatMap((each) => each[field] ?? []);
  const when = (condition: JsonObject): JsonObject => ({
    properties: { [field]: condition },
    required: [field],
  });
  const rest = branches.find((_, index) => fields[index]?.[field] === undefined);
  return {
    type: "object",
    required: [field],
    properties: { [field]: rest ? { type: "string" } : { enum: known } },
    allOf: branches.flatMap((branch, index): JsonObject[] => {
      const constant = fields[index]?.[field];
      return constant === undefined ? [] : [condition(when({ const: constant }), inner(branch))];
    }),
    ...(rest && condition(when({ type: "string", not: { enum: known } }), inner(rest))),
  };
}

function condition(when: JsonObject, what: JsonObject): JsonObject {
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema calls it so, and nothing awaits a schema.
  return { if: when, then: what };
}

/** The fields of an object that can have one value only. */
function constants(document: JsonObject, branch: Json): JsonObject {
  const properties = objectOf(dereference(document, branch).properties);
  const entries = Object.entries(properties).flatMap(([name, value]): [string, Json][] => {
    const constant = dereference(document, value).const;
    return constant === undefined ? [] : [[name, constant]];
  });
  return Object.fromEntries(entries);
}
