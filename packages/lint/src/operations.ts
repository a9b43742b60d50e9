import { arrayOf, isObject, type JsonObject, objectOf } from "./json.js";
import type { Context, Location } from "./redocly.js";
import { follow, type SchemaAt } from "./schema-at.js";

export const METHODS: readonly string[] = [
  "get",
  "head",
  "post",
  "put",
  "patch",
  "delete",
  "options",
  "trace",
];

/** One operation of the document, with its URL or the name of its webhook. */
export interface OperationAt {
  readonly url: string;
  readonly method: string;
  readonly node: JsonObject;
  readonly location: Location;
  readonly pathItem: SchemaAt;
}

/** All operations and webhooks of the document whose root this is. */
export function operationsOf(context: Context, root: unknown): readonly OperationAt[] {
  return ["paths", "webhooks"].flatMap((group) =>
    Object.entries(objectOf(objectOf(root)[group])).flatMap(([url, item]) => {
      const pathItem = follow(context, item, context.location.child([group, url]));
      if (!pathItem) return [];
      return METHODS.flatMap((method) => {
        const node = pathItem.schema[method];
        return isObject(node)
          ? [{ url, method, node, location: pathItem.location.child([method]), pathItem }]
          : [];
      });
    }),
  );
}

/** The parameters of an operation, its own before those of its path item. */
export function parametersOf(
  context: Context,
  operation: SchemaAt,
  pathItem: SchemaAt | undefined,
): readonly SchemaAt[] {
  return [operation, pathItem].flatMap((owner) =>
    arrayOf(owner?.schema.parameters).flatMap((parameter, index) => {
      const at = owner && follow(context, parameter, owner.location.child(["parameters", index]));
      return at ? [at] : [];
    }),
  );
}

/** The schema of a body (a request body or a response), of its JSON form where it has one. */
export function bodySchema(context: Context, body: unknown, location: Location): SchemaAt | undefined {
  const at = follow(context, body, location);
  const content = objectOf(at?.schema.content);
  const type = "application/json" in content ? "application/json" : Object.keys(content)[0];
  if (!at || type === undefined) return undefined;
  return follow(context, objectOf(content[type]).schema, at.location.child(["content", type, "schema"]));
}

/** The schema of the first success response. */
export function successSchema(context: Context, operation: SchemaAt): SchemaAt | undefined {
  const responses = objectOf(operation.schema.responses);
  const status = Object.keys(responses).find((key) => /^2/.test(key));
  return status === undefined
    ? undefined
    : bodySchema(context, responses[status], operation.location.child(["responses", status]));
}
