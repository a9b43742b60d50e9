import { dereference, type JsonObject, objectOf, operationsOf } from "../openapi.ts";
import { compileModule } from "./compile-module.ts";
import { schemaFor } from "./schema-for.ts";

/** One module for each operation: `responses` by status, with header names and a validator for each JSON media type. */
export function responseModules(document: JsonObject): Record<string, string> {
  const modules: Record<string, string> = {};
  for (const entry of operationsOf(document)) {
    // Most errors have the same schema: one validator serves them all.
    const validators = new Map<string, string>();
    const schemas: Record<string, JsonObject> = {};
    const validatorOf = (schema: JsonObject): string => {
      const text = JSON.stringify(schema);
      const name = validators.get(text) ?? `body${validators.size}`;
      validators.set(text, name);
      schemas[name] = schema;
      return name;
    };
    const statuses = Object.entries(objectOf(entry.operation.responses)).map(([status, value]) => {
      const response = dereference(document, value);
      const content = Object.entries(objectOf(response.content)).map(([type, media]) => {
        const json = type === "application/json";
        return `${JSON.stringify(type)}: ${json ? validatorOf(schemaFor(document, objectOf(media).schema, "response")) : "null"}`;
      });
      const headers = Object.entries(objectOf(response.headers)).map(
        ([name, header]) =>
          `${JSON.stringify(name.toLowerCase())}: ${dereference(document, header).required === true}`,
      );
      return `  ${JSON.stringify(status)}: { headers: { ${headers.join(", ")} }, content: { ${content.join(", ")} } },`;
    });
    const table = `export const responses = {\n${statuses.join("\n")}\n};\n`;
    modules[entry.operationId] = compileModule(schemas) + table;
  }
  return modules;
}
