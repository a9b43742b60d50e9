import { defineRule } from "../define-rule.js";
import { objectOf, typesOf } from "../json.js";
import { bodySchema, type OperationAt, operationsOf, parametersOf } from "../operations.js";
import type { Context, Rule } from "../redocly.js";
import { fieldAt, follow, parts, type SchemaAt } from "../schema-at.js";
import { documentedStringBounds, factExceptions, type StringBound } from "../spec-folder.js";

const KEYWORDS = ["minLength", "maxLength", "pattern"] as const;
type Keyword = (typeof KEYWORDS)[number];

/** Bounds of strings that an edition documents for an input stand in its schema. */
export const stringBounds: Rule = defineRule("string-bounds", (report) => ({
  Root: {
    enter(root, context) {
      for (const operation of operationsOf(context, root)) {
        const id = String(operation.node.operationId);
        const bounds = (documentedStringBounds(context).get(id) ?? []).filter(
          (bound) => !isExcepted(context, id, bound),
        );
        for (const [key, same] of groupByPlace(bounds)) {
          const field = fieldOf(context, operation, same[0]);
          if (!field || !isBoundable(context, field)) continue;
          for (const keyword of KEYWORDS) {
            const wanted = documented(same, keyword);
            const actual = valuesOf(context, field, keyword);
            if (wanted.length === 0 || actual.some((value) => wanted.includes(value))) continue;
            const message = `${id} ${key}: documented with ${keyword} ${wanted.join(" or ")}; write it into the schema, or excuse it in provenance/exceptions.`;
            report(context, field.location, message);
          }
        }
      }
    },
  },
}));

/** Strings, but not enumerations: their values bound themselves. */
function isBoundable(context: Context, field: SchemaAt): boolean {
  const all = parts(context, field.schema, field.location);
  return (
    all.some(({ schema }) => typesOf(schema).includes("string")) &&
    all.every(({ schema }) => schema.enum === undefined)
  );
}

function isExcepted(context: Context, operationId: string, bound: StringBound): boolean {
  return factExceptions(context).some(
    (entry) =>
      [operationId, "*"].includes(entry.operationId) &&
      [bound.in, "*"].includes(entry.in) &&
      entry.path === bound.path,
  );
}

function groupByPlace(
  bounds: readonly StringBound[],
): ReadonlyMap<string, readonly [StringBound, ...StringBound[]]> {
  const groups = new Map<string, [StringBound, ...StringBound[]]>();
  for (const bound of bounds.filter(({ in: place }) => place !== "response")) {
    const key = `${bound.in} ${bound.path}`;
    const group = groups.get(key);
    if (group) group.push(bound);
    else groups.set(key, [bound]);
  }
  return groups;
}

/**
 * The values to be found. A length of 0 bounds nothing. The documents give limits of a number as lengths of the string that carries it: the
 * minimum on paging parameters, and the maximum where their prose has the same one.
 */
function documented(bounds: readonly StringBound[], keyword: Keyword): readonly (string | number)[] {
  const paging = bounds.some(
    (bound) => bound.in === "query" && ["marker", "limit", "maxitems"].includes(bound.path),
  );
  if (keyword === "minLength" && paging) return [];
  return bounds.flatMap((bound) => {
    const value = bound[keyword];
    const ofNumber = keyword === "maxLength" && value === bound.proseMaximum;
    return value === undefined || value === 0 || ofNumber ? [] : [value];
  });
}

function valuesOf(context: Context, field: SchemaAt, keyword: Keyword): readonly (string | number)[] {
  return parts(context, field.schema, field.location)
    .map(({ schema }) => schema[keyword])
    .filter((value) => typeof value === "string" || typeof value === "number");
}

const PARAMETER_PLACES: Readonly<Record<string, string>> = {
  query: "query",
  path: "path",
  headers: "header",
};

function fieldOf(context: Context, operation: OperationAt, bound: StringBound): SchemaAt | undefined {
  if (bound.in === "request") {
    const body = bodySchema(context, operation.node.requestBody, operation.location.child("requestBody"));
    return body && fieldAt(context, body.schema, body.location, bound.path);
  }
  const place = PARAMETER_PLACES[bound.in];
  const parameter = parametersOf(
    context,
    { schema: operation.node, location: operation.location },
    operation.pathItem,
  ).find(
    ({ schema }) => schema.in === place && String(schema.name).toLowerCase() === bound.path.toLowerCase(),
  );
  return parameter && follow(context, objectOf(parameter.schema).schema, parameter.location.child("schema"));
}
