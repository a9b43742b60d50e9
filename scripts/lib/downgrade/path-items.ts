import { dereference, isObject, type Json, type JsonObject, objectOf } from "../openapi.ts";

/** Puts path items of `components.pathItems`, which 3.0 does not know, in the places that refer to them. */
export function inlinePathItems(document: JsonObject): JsonObject {
  const { pathItems, ...components } = objectOf(document.components);
  if (!pathItems) return document;
  const inline = (items: Json | undefined): JsonObject =>
    Object.fromEntries(
      Object.entries(objectOf(items)).map(([name, item]) => [
        name,
        isObject(item) && isLocal(item.$ref) ? dereference(document, item) : item,
      ]),
    );
  return {
    ...document,
    ...(document.paths ? { paths: inline(document.paths) } : {}),
    ...(document.webhooks ? { webhooks: inline(document.webhooks) } : {}),
    components,
  };
}

function isLocal(reference: Json | undefined): boolean {
  return typeof reference === "string" && reference.startsWith("#/components/pathItems/");
}
