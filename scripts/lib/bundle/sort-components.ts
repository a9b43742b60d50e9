import { type JsonObject, objectOf } from "../openapi.ts";

/** Sorts every map of components by name, so that the order in which files were read leaves no trace in the bundle. */
export function sortComponents(document: JsonObject): JsonObject {
  const components = objectOf(document.components);
  const sorted = Object.fromEntries(
    Object.entries(components)
      .sort(byName)
      .map(([kind, map]) => [kind, Object.fromEntries(Object.entries(objectOf(map)).sort(byName))]),
  );
  return { ...document, components: sorted };
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
