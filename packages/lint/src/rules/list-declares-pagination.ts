import { defineRule } from "../define-rule.js";
import { isObject, type JsonObject } from "../json.js";
import { bodySchema, type OperationAt, operationsOf, parametersOf, successSchema } from "../operations.js";
import type { Context, Rule } from "../redocly.js";
import { fieldAt, parts, type SchemaAt } from "../schema-at.js";

/** An operation that lists says how to get the next page, in terms of parameters and fields that exist. */
export const listDeclaresPagination: Rule = defineRule("list-declares-pagination", (report) => ({
  Root: {
    enter(root, context) {
      for (const operation of operationsOf(context, root)) {
        const id = String(operation.node.operationId);
        const pagination = operation.node["x-fg-pagination"];
        if (pagination === undefined && /^list[A-Z]/.test(id)) {
          report(
            context,
            operation.location.key(),
            `${id} lists but has no x-fg-pagination; say how it pages, or \`style: none\` with \`items\`.`,
          );
        }
        if (!isObject(pagination)) continue;
        const place = operation.location.child("x-fg-pagination");
        for (const problem of problemsOf(context, operation, pagination))
          report(context, place, `${id}: ${problem}`);
      }
    },
  },
}));

function problemsOf(context: Context, operation: OperationAt, pagination: JsonObject): readonly string[] {
  const pages = pagination.style !== "none";
  const needed = !pages
    ? ["items"]
    : pagination.style === "marker"
      ? ["in", "position", "items", "next"]
      : ["in", "position", "items"];
  const missing = needed
    .filter((name) => pagination[name] === undefined)
    .map((name) => `x-fg-pagination of style ${String(pagination.style)} needs \`${name}\`; add it.`);
  const superfluous = (pages ? [] : ["in", "position", "limit", "next"])
    .filter((name) => pagination[name] !== undefined)
    .map((name) => `x-fg-pagination of style none has no \`${name}\`; remove it or choose another style.`);
  return [
    ...missing,
    ...superfluous,
    ...inputs(context, operation, pagination),
    ...outputs(context, operation, pagination),
  ];
}

function inputs(context: Context, operation: OperationAt, pagination: JsonObject): readonly string[] {
  const at: SchemaAt = { schema: operation.node, location: operation.location };
  const inBody = pagination.in === "body";
  const body = inBody
    ? bodySchema(context, operation.node.requestBody, operation.location.child("requestBody"))
    : undefined;
  const query = parametersOf(context, at, operation.pathItem).filter(({ schema }) => schema.in === "query");
  return ["position", "limit"].flatMap((role) => {
    const name = pagination[role];
    if (typeof name !== "string") return [];
    const found = inBody
      ? body && fieldAt(context, body.schema, body.location, name)
      : query.find(({ schema }) => schema.name === name);
    const where = inBody ? "field of the request body" : "query parameter";
    return found
      ? []
      : [`x-fg-pagination names ${name} as \`${role}\`, but there is no such ${where}; correct the name.`];
  });
}

function outputs(context: Context, operation: OperationAt, pagination: JsonObject): readonly string[] {
  const response = successSchema(context, { schema: operation.node, location: operation.location });
  return ["items", "next", "total"].flatMap((role) => {
    const name = pagination[role];
    if (typeof name !== "string") return [];
    const field = response && fieldAt(context, response.schema, response.location, name);
    if (!field)
      return [
        `x-fg-pagination names ${name} as \`${role}\`, but the response has no such field; correct the name.`,
      ];
    const isArray = parts(context, field.schema, field.location).some(({ schema }) => isObject(schema.items));
    if (role === "items" && !isArray)
      return [`x-fg-pagination names ${name} as \`items\`, but that is no array; name the array.`];
    return [];
  });
}
