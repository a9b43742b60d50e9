import { type JsonObject, operationsOf } from "../openapi.ts";
import { compileModule } from "./compile-module.ts";
import { bodySchema, parameterSchema, parametersOf } from "./operation-parts.ts";
import { shapeOf } from "./shape-of.ts";

/** One module for each operation: validators `path`, `query`, `header` and `body`, and the `shape` of the body. */
export function requestModules(document: JsonObject): Record<string, string> {
  const modules: Record<string, string> = {};
  for (const entry of operationsOf(document)) {
    const schemas: Record<string, JsonObject> = {};
    for (const place of ["path", "query", "header"]) {
      const parameters = parametersOf(document, entry, place);
      if (parameters.length > 0) schemas[place] = parameterSchema(parameters);
    }
    const body = bodySchema(document, entry);
    if (body) schemas.body = body;
    const shape = body ? `export const shape = ${JSON.stringify(shapeOf(body))};\n` : "";
    modules[entry.operationId] = compileModule(schemas) + shape;
  }
  return modules;
}
