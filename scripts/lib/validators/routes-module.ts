import { dereference, type JsonObject, listOf, objectOf, operationsOf } from "../openapi.ts";
import { parametersOf } from "./operation-parts.ts";

/** The table of all routes, in the document's order. */
export function routesModule(document: JsonObject): string {
  const rows = operationsOf(document).map((entry) => {
    const { operation } = entry;
    const kinds = (place: string): Record<string, string> =>
      Object.fromEntries(parametersOf(document, entry, place).map(({ name, kind }) => [name, kind]));
    const body = operation.requestBody
      ? dereference(document, operation.requestBody).required === true
        ? "required"
        : "optional"
      : "none";
    const success = Object.keys(objectOf(operation.responses)).find((status) => status.startsWith("2"));
    const row = {
      id: entry.operationId,
      method: entry.method.toUpperCase(),
      path: entry.path,
      tag: String(listOf(operation.tags)[0]),
      query: kinds("query"),
      header: kinds("header"),
      body,
      success: Number(success),
      errors: listOf(operation["x-fg-errors"]),
      open: Array.isArray(operation.security) && operation.security.length === 0,
    };
    return `  ${JSON.stringify(row)},`;
  });
  return [
    "// Made from the OpenAPI description by scripts/compile-validators.ts: change the description, not this file.",
    'import type { Route } from "../http/routing/route.ts";',
    "",
    "/** Every operation with what the server has to know about it. */",
    "export const routes: readonly Route[] = [",
    ...rows,
    "];",
    "",
  ].join("\n");
}
