import type { JsonObject } from "../openapi.ts";
import type { Kind } from "./shape.ts";

/** In 3.0 nothing may stand beside a `$ref` outside of schemas; only a path item keeps its fields. */
export function withoutReferenceSiblings(value: JsonObject, kind: Kind): JsonObject {
  return typeof value.$ref === "string" && kind !== "pathItem" ? { $ref: value.$ref } : value;
}
