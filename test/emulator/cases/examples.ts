import type { OperationId } from "@functiongraph/types";
import { operations } from "@functiongraph/types/operations";
import type { Json, JsonObject } from "../../../scripts/lib/openapi.ts";
import { readBundle } from "../../spec/bundle.ts";

/** The project that all examples are in. */
export const projectId = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";

const bundle = readBundle();

/** A documented example of a request's body. */
export function exampleBody(id: OperationId, name: string): JsonObject {
  const examples = objectAt(operationObject(id), "requestBody", "content", "application/json", "examples");
  return objectAt(resolve(examples[name]), "value");
}

/** Names of the documented examples of an operation's body. */
export function exampleNames(id: OperationId): string[] {
  const { requestBody } = operationObject(id);
  return requestBody === undefined
    ? []
    : Object.keys(objectAt(requestBody, "content", "application/json", "examples"));
}

/** The codes that the examples of an operation's answers show, besides those that `x-fg-errors` lists. */
export function exampleCodes(id: OperationId): string[] {
  const responses = Object.values(objectAt(operationObject(id), "responses")).map(resolve);
  const examples = responses
    .flatMap((response) =>
      Object.values(isObject(response) && isObject(response.content) ? response.content : {}),
    )
    .flatMap((content) =>
      Object.values(isObject(content) && isObject(content.examples) ? content.examples : {}),
    );
  return examples.flatMap((example) => {
    const resolved = resolve(example);
    const value = isObject(resolved) ? resolved.value : undefined;
    return isObject(value) && typeof value.error_code === "string" ? [value.error_code] : [];
  });
}

/** The statuses that an operation declares, `default` left out. */
export function declaredStatuses(id: OperationId): string[] {
  return Object.keys(objectAt(operationObject(id), "responses")).filter((status) => status !== "default");
}

function operationObject(id: OperationId): JsonObject {
  const { path, method } = operations[id];
  return objectAt(bundle, "paths", path, method.toLowerCase());
}

function objectAt(start: Json | undefined, ...keys: readonly string[]): JsonObject {
  const found = keys.reduce<Json | undefined>((value, key) => {
    const object = resolve(value);
    return isObject(object) ? object[key] : undefined;
  }, start);
  const object = resolve(found);
  if (!isObject(object)) throw new Error(`The bundle has no object at ${keys.join(" ")}.`);
  return object;
}

function resolve(value: Json | undefined): Json | undefined {
  if (!isObject(value) || typeof value.$ref !== "string") return value;
  return value.$ref
    .slice(2)
    .split("/")
    .reduce<Json | undefined>(
      (at, key) => (isObject(at) ? at[key.replaceAll("~1", "/").replaceAll("~0", "~")] : undefined),
      bundle,
    );
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
