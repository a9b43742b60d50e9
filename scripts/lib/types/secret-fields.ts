import { isObject, type Json, type JsonObject, listOf, objectOf } from "../openapi.ts";

/**
 * The fields marked `x-fg-secret` under some schemas: dots go deeper, lists are looked through, `*` stands
 * for any name of a map, and a body that is secret as a whole is `$`.
 */
export function secretFields(document: JsonObject, schemas: readonly (Json | undefined)[]): string[] {
  const found = new Set<string>();
  const visit = (value: Json | undefined, path: readonly string[], open: readonly string[]): void => {
    if (!isObject(value)) return;
    if (value["x-fg-secret"] === true) found.add(path.join(".") || "$");
    if (typeof value.$ref === "string" && !open.includes(value.$ref)) {
      visit(targetOf(document, value.$ref), path, [...open, value.$ref]);
    }
    for (const [name, part] of Object.entries(objectOf(value.properties))) visit(part, [...path, name], open);
    visit(value.items, path, open);
    visit(value.additionalProperties, [...path, "*"], open);
    for (const keyword of ["allOf", "anyOf", "oneOf"])
      for (const part of listOf(value[keyword])) visit(part, path, open);
  };
  for (const schema of schemas) visit(schema, [], []);
  return [...found].sort();
}

function targetOf(document: JsonObject, reference: string): Json | undefined {
  return objectOf(objectOf(document.components).schemas)[reference.replace("#/components/schemas/", "")];
}
