/** The parts of an OpenAPI document that the scripts of this folder read. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** One operation with the place where it stands. */
export interface OperationEntry {
  readonly path: string;
  readonly method: string;
  readonly pathItem: JsonObject;
  readonly operation: JsonObject;
  readonly operationId: string;
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** Tells whether a value is an object and no array. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value as an object; an empty one when it is anything else. */
export function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** The value as a list; an empty one when it is anything else. */
export function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

/** All operations under `paths`, in the document's order; webhooks are not operations. */
export function operationsOf(document: JsonObject): OperationEntry[] {
  return Object.entries(objectOf(document.paths)).flatMap(([path, value]) => {
    const pathItem = objectOf(value);
    return methods.flatMap((method) => {
      const operation = pathItem[method];
      return isObject(operation)
        ? [{ path, method, pathItem, operation, operationId: String(operation.operationId) }]
        : [];
    });
  });
}

/** Follows `$ref` inside the document; what stands beside it wins over the target. */
export function dereference(document: JsonObject, value: Json | undefined): JsonObject {
  let current = objectOf(value);
  for (let hops = 0; typeof current.$ref === "string" && hops < 20; hops++) {
    const { $ref, ...beside } = current;
    current = { ...objectOf(at(document, $ref as string)), ...beside };
  }
  return current;
}

/** The value at a JSON pointer with a leading `#`. */
export function at(document: JsonObject, pointer: string): Json | undefined {
  return pointer
    .replace(/^#\/?/, "")
    .split("/")
    .filter((part) => part !== "")
    .reduce<Json | undefined>((value, part) => {
      const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
      return Array.isArray(value) ? value[Number(key)] : isObject(value) ? value[key] : undefined;
    }, document);
}
