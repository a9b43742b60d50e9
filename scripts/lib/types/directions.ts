import { isObject, type Json, type JsonObject, objectOf, operationsOf } from "../openapi.ts";

/**
 * The named schemas that requests hold and those that responses hold, at any depth. Events are read by
 * functions, so webhooks are read the other way round.
 */
export function directions(document: JsonObject): {
  sent: ReadonlySet<string>;
  returned: ReadonlySet<string>;
} {
  const sent: Json[] = [];
  const returned: Json[] = [];
  for (const { operation } of operationsOf(document)) {
    sent.push(operation.requestBody ?? null);
    returned.push(operation.responses ?? null);
  }
  for (const { operation } of operationsOf({ paths: document.webhooks ?? {} })) {
    returned.push(operation.requestBody ?? null);
    sent.push(operation.responses ?? null);
  }
  return { sent: reachable(document, sent), returned: reachable(document, returned) };
}

/** Tells whether a named schema, or one that it refers to, has a property that only one direction carries. */
export function hasMarkers(document: JsonObject, name: string): boolean {
  const schemas = objectOf(objectOf(document.components).schemas);
  const names = reachable(document, [{ $ref: `#/components/schemas/${name}` }]);
  return [...names].some((reached) => holdsMarker(schemas[reached]));
}

function holdsMarker(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some(holdsMarker);
  if (!isObject(value)) return false;
  return value.readOnly === true || value.writeOnly === true || Object.values(value).some(holdsMarker);
}

function reachable(document: JsonObject, start: readonly Json[]): Set<string> {
  const components = objectOf(document.components);
  const seen = new Set<string>();
  const visit = (value: Json | undefined): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isObject(value)) return;
    if (typeof value.$ref === "string" && !seen.has(value.$ref)) {
      seen.add(value.$ref);
      const [kind, name] = value.$ref.replace("#/components/", "").split("/");
      if (kind && name && kind !== "examples") visit(objectOf(components[kind])[name]);
    }
    Object.values(value).forEach(visit);
  };
  start.forEach(visit);
  const prefix = "#/components/schemas/";
  return new Set(
    [...seen]
      .filter((reference) => reference.startsWith(prefix))
      .map((reference) => reference.slice(prefix.length)),
  );
}
