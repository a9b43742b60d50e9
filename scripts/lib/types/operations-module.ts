import {
  dereference,
  type JsonObject,
  listOf,
  type OperationEntry,
  objectOf,
  operationsOf,
} from "../openapi.ts";
import { docComment } from "./doc-comment.ts";
import { literal, propertyName } from "./literal.ts";
import { secretFields } from "./secret-fields.ts";

/** The table of all operations, in the document's order, with what a client needs in order to call them. */
export function operationsModule(document: JsonObject): string {
  const entries = operationsOf(document).map((entry) => {
    const { summary, deprecated } = entry.operation;
    const comment = docComment(`${summary}.${deprecated ? "\n\n@deprecated" : ""}`, "  ");
    return `${comment}  ${propertyName(entry.operationId)}: ${literal(operationInfo(document, entry), "  ")},\n`;
  });
  return [
    "/** Every operation by its operationId. */",
    `export const operations = {\n${entries.join("")}} as const;\n`,
    "/** Identifier of an operation. */\nexport type OperationId = keyof typeof operations;\n",
  ].join("\n");
}

/** One row of the table; its type is `OperationInfo` of packages/types/src/operation-info.ts. */
export function operationInfo(
  document: JsonObject,
  { path, method, pathItem, operation }: OperationEntry,
): JsonObject {
  const parameters = parametersOf(document, pathItem, operation);
  const names = (place: string) =>
    parameters.filter((parameter) => parameter.in === place).map((parameter) => String(parameter.name));
  const body = operation.requestBody === undefined ? undefined : dereference(document, operation.requestBody);
  const successes = Object.entries(objectOf(operation.responses)).filter(([status]) =>
    status.startsWith("2"),
  );
  const answers = successes.map(([, response]) => dereference(document, response));
  const bodies = Object.values(objectOf(body?.content));
  return {
    method: method.toUpperCase(),
    path,
    tag: String(listOf(operation.tags)[0] ?? ""),
    deprecated: operation.deprecated === true,
    replacement: operation["x-fg-replacement"] ?? null,
    pathParameters: names("path"),
    queryParameters: names("query"),
    headerParameters: names("header"),
    requestBody: body
      ? { required: body.required === true, contentTypes: Object.keys(objectOf(body.content)) }
      : null,
    successStatus: Number(successes[0]?.[0] ?? 200),
    successStatuses: successes.map(([status]) => Number(status)),
    responseContentTypes: [...new Set(answers.flatMap((answer) => Object.keys(objectOf(answer.content))))],
    responseHeaders: [...new Set(answers.flatMap((answer) => Object.keys(objectOf(answer.headers))))],
    pagination: operation["x-fg-pagination"] ?? null,
    authentication: listOf(operation.security ?? document.security ?? []).flatMap((scheme) =>
      Object.keys(objectOf(scheme)),
    ),
    servers: serversOf(pathItem, operation),
    regions: operation["x-fg-regions"] ?? null,
    secrets: {
      request: secretFields(
        document,
        bodies.map((media) => objectOf(media).schema),
      ),
      response: secretFields(
        document,
        answers.flatMap((answer) =>
          Object.values(objectOf(answer.content)).map((media) => objectOf(media).schema),
        ),
      ),
      responseHeaders: answers.flatMap((answer) =>
        Object.entries(objectOf(answer.headers))
          .filter(([, header]) => isSecret(document, header))
          .map(([name]) => name),
      ),
    },
  };
}

function isSecret(document: JsonObject, header: JsonObject[string]): boolean {
  const resolved = dereference(document, header);
  return resolved["x-fg-secret"] === true || dereference(document, resolved.schema)["x-fg-secret"] === true;
}

/** Parameters of the path and of the operation; where both name one, the operation's stands. */
function parametersOf(document: JsonObject, pathItem: JsonObject, operation: JsonObject): JsonObject[] {
  const all = [...listOf(pathItem.parameters), ...listOf(operation.parameters)].map((parameter) =>
    dereference(document, parameter),
  );
  return [...new Map(all.map((parameter) => [`${parameter.in}:${parameter.name}`, parameter])).values()];
}

/** The servers of an operation that lives elsewhere than the rest of the API; null for all others. */
function serversOf(pathItem: JsonObject, operation: JsonObject): JsonObject[string] {
  const own = operation.servers ?? pathItem.servers;
  if (own === undefined) return null;
  return listOf(own).map((value) => {
    const { url, description, variables } = objectOf(value);
    const defaults = Object.entries(objectOf(variables)).map(([name, variable]): [string, string] => [
      name,
      String(objectOf(variable).default),
    ]);
    return { url: url ?? "", description: description ?? "", variables: Object.fromEntries(defaults) };
  });
}
