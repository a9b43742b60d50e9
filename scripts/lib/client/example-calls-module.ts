import {
  dereference,
  type JsonObject,
  listOf,
  type OperationEntry,
  objectOf,
  operationsOf,
} from "../openapi.ts";
import { literal } from "../types/literal.ts";

/**
 * A call of every method with the examples of the description, written out: the compiler checks each against the method's types, and the
 * tests make each against a server.
 */
export function exampleCallsModule(document: JsonObject): string {
  const calls = operationsOf(document).map((entry) => {
    const args = Object.entries(exampleArguments(document, entry));
    const text = args.length === 0 ? "" : literal(Object.fromEntries(args), "    ");
    return `  ${entry.operationId}: (fg) =>\n    fg.${entry.operationId}(${text}),\n`;
  });
  return [
    'import type { FunctionGraphMethods } from "./methods.ts";\n',
    "/** A call of every method with the examples of the description. */",
    "export const exampleCalls: { readonly [Id in keyof FunctionGraphMethods]: (fg: FunctionGraphMethods) => Promise<unknown> } = {",
    `${calls.join("")}};\n`,
  ].join("\n");
}

/** `path`, `query`, `header` and `body`, each where the operation has examples for it; the project is the client's to fill in. */
export function exampleArguments(document: JsonObject, { pathItem, operation }: OperationEntry): JsonObject {
  const args: Record<string, JsonObject> = {};
  for (const reference of [...listOf(pathItem.parameters), ...listOf(operation.parameters)]) {
    const parameter = dereference(document, reference);
    const { name, example } = parameter;
    if (name === "project_id" || example === undefined) continue;
    args[String(parameter.in)] = { ...args[String(parameter.in)], [String(name)]: example };
  }
  const [media] = Object.values(objectOf(dereference(document, operation.requestBody).content));
  const [example] = Object.values(objectOf(objectOf(media).examples));
  return { ...args, ...(example !== undefined && { body: dereference(document, example).value ?? null }) };
}
