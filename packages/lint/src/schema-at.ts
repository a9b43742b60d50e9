import { arrayOf, isObject, type JsonObject, objectOf, refOf } from "./json.js";
import type { Context, Location } from "./redocly.js";

/** A schema with the place where it stands after all references. */
export interface SchemaAt {
  readonly schema: JsonObject;
  readonly location: Location;
}

/** Follows references until something that is none; undefined when one leads nowhere. */
export function follow(context: Context, node: unknown, location: Location): SchemaAt | undefined {
  let at: { node: unknown; location: Location | undefined } = { node, location };
  for (let hops = 0; refOf(at.node) !== undefined && hops < 20; hops++) {
    at = context.resolve(at.node, at.location?.source.absoluteRef);
  }
  return isObject(at.node) && at.location ? { schema: at.node, location: at.location } : undefined;
}

/** The schema and, below it, all that its allOf, anyOf and oneOf add, after references. */
export function parts(
  context: Context,
  node: unknown,
  location: Location,
  seen: Set<JsonObject> = new Set(),
): readonly SchemaAt[] {
  const at = follow(context, node, location);
  if (!at || seen.has(at.schema)) return [];
  seen.add(at.schema);
  const members = ["allOf", "anyOf", "oneOf"].flatMap((keyword) =>
    arrayOf(at.schema[keyword]).flatMap((member, index) =>
      parts(context, member, at.location.child([keyword, index]), seen),
    ),
  );
  return [at, ...members];
}

/** The property of that name in the schema or in any part of it. */
export function propertyOf(
  context: Context,
  node: unknown,
  location: Location,
  name: string,
): SchemaAt | undefined {
  for (const part of parts(context, node, location)) {
    const property = objectOf(part.schema.properties)[name];
    if (property !== undefined) return follow(context, property, part.location.child(["properties", name]));
  }
  return undefined;
}

/**
 * The schema at a dotted path such as `functions[].func_name`. `[]` steps into the items of an array, `{}` into the values of a map, and an
 * array on the way is stepped into without being told.
 */
export function fieldAt(
  context: Context,
  node: unknown,
  location: Location,
  path: string,
): SchemaAt | undefined {
  let at = follow(context, node, location);
  for (const step of path.split(".").flatMap((name) => name.split(/(?=\[\]|\{\})/))) {
    if (!at) return undefined;
    if (step === "[]") at = child(context, at, "items");
    else if (step === "{}") at = child(context, at, "additionalProperties");
    else if (step !== "$" && step !== "") {
      const items = child(context, at, "items");
      at =
        propertyOf(context, at.schema, at.location, step) ??
        (items && propertyOf(context, items.schema, items.location, step));
    }
  }
  return at;
}

function child(context: Context, at: SchemaAt, keyword: string): SchemaAt | undefined {
  for (const part of parts(context, at.schema, at.location)) {
    if (isObject(part.schema[keyword]))
      return follow(context, part.schema[keyword], part.location.child([keyword]));
  }
  return undefined;
}

/** True for a schema that has a name: a file of its own in the sources, a component in the bundle. */
export function isNamedSchema(location: Location): boolean {
  return location.pointer === "#/" || /^#\/components\/schemas\/[^/]+$/.test(location.pointer);
}
