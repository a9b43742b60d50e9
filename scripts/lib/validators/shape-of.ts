import { isObject, type Json, type JsonObject, listOf, objectOf } from "../openapi.ts";

/**
 * Which properties a value may have, as compact as JSON can be: `p` properties, `i` items of an array, `d` the field
 * that decides between the shapes `m`, with `e` for all other values. Null is anything.
 */
export type Shape = {
  p?: Record<string, Shape>;
  i?: Shape;
  d?: string;
  m?: Record<string, Shape>;
  e?: Shape;
} | null;

/** The shape that a schema of `schemaFor` allows. */
export function shapeOf(schema: JsonObject): Shape {
  const choices = listOf(schema.allOf);
  if (choices.length > 0) return decided(schema, choices.map(objectOf));
  const union = listOf(schema.anyOf ?? schema.oneOf);
  if (union.length > 0) return union.map((branch) => shapeOf(objectOf(branch))).reduce(merge, {});
  if (isObject(schema.items)) return { i: shapeOf(schema.items) };
  const closed =
    schema.properties && (schema.additionalProperties === undefined || schema.additionalProperties === false);
  if (!closed) return schema.type === "object" || schema.type === undefined ? null : {};
  const entries = Object.entries(objectOf(schema.properties)).map(([name, value]): [string, Shape] => [
    name,
    shapeOf(objectOf(value)),
  ]);
  return { p: Object.fromEntries(entries) };
}

function decided(schema: JsonObject, choices: JsonObject[]): Shape {
  const field = String(listOf(schema.required)[0]);
  const shapes = choices.map((choice): [string, Shape] => [
    constantOf(choice, field),
    shapeOf(objectOf(choice.then)),
  ]);
  return { d: field, m: Object.fromEntries(shapes), e: schema.then ? shapeOf(objectOf(schema.then)) : null };
}

function constantOf(choice: JsonObject, field: string): string {
  const value: Json | undefined = objectOf(objectOf(objectOf(choice.if).properties)[field]).const;
  return String(value);
}

/** What either allows. A scalar has an empty shape and adds nothing. */
function merge(a: Shape, b: Shape): Shape {
  if (a === null || b === null) return null;
  if (a.d !== undefined || b.d !== undefined) return null;
  const p = a.p && b.p ? mergeProperties(a.p, b.p) : (a.p ?? b.p);
  const i = a.i !== undefined && b.i !== undefined ? merge(a.i, b.i) : a.i !== undefined ? a.i : b.i;
  return { ...(p && { p }), ...(i !== undefined && { i }) };
}

function mergeProperties(a: Record<string, Shape>, b: Record<string, Shape>): Record<string, Shape> {
  const result = { ...a };
  for (const [name, shape] of Object.entries(b)) {
    const other = a[name];
    result[name] = other === undefined ? shape : merge(other, shape);
  }
  return result;
}
