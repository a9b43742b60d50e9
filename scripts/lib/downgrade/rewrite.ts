import { isObject, type Json } from "../openapi.ts";
import { type Kind, shape } from "./shape.ts";

/**
 * Gives the new form of an object; its parts are converted already. `field` is the name of the field or list
 * that holds it.
 */
export type Visitor = (value: Json, kind: Kind, field: string) => Json;

/**
 * Builds a document anew from its leaves upward, calling the visitor on every object of a known kind. The
 * input stays untouched.
 */
export function rewrite(value: Json, kind: Kind, visit: Visitor, field = ""): Json {
  if (!isObject(value)) return visit(value, kind, field);
  const fields = Object.entries(value).map(([name, part]): [string, Json] => {
    const holder = shape[kind][name];
    if (!holder) return [name, part];
    const [form, partKind] = holder;
    if (form === "one") return [name, rewrite(part, partKind, visit, name)];
    if (form === "list" && Array.isArray(part)) {
      return [name, part.map((entry) => rewrite(entry, partKind, visit, name))];
    }
    if (form === "map" && isObject(part)) return [name, rewriteMap(part, partKind, visit, name)];
    return [name, part];
  });
  return visit(Object.fromEntries(fields), kind, field);
}

function rewriteMap(map: { [key: string]: Json }, kind: Kind, visit: Visitor, field: string): Json {
  return Object.fromEntries(
    Object.entries(map).map(([name, part]) => [
      name,
      name.startsWith("x-") && !isObject(part) ? part : rewrite(part, kind, visit, field),
    ]),
  );
}
