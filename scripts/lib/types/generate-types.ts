import type { Catalogue } from "../errors/catalogue.ts";
import type { JsonObject } from "../openapi.ts";
import { enumsModule } from "./enums-module.ts";
import { errorsModule } from "./errors-module.ts";
import { modelsModule } from "./models-module.ts";
import { operationsModule } from "./operations-module.ts";
import { schemaModule } from "./schema-module.ts";

/**
 * Makes the generated modules of `@functiongraph/types` from the bundle and the error catalogue: file name →
 * source text.
 */
export async function generateTypes(
  document: JsonObject,
  catalogue: Catalogue,
): Promise<Record<string, string>> {
  const modules = {
    "enums.ts": enumsModule(document),
    "errors.ts": errorsModule(catalogue),
    "models.ts": modelsModule(document),
    "operations.ts": operationsModule(document),
    "schema.ts": await schemaModule(document),
  };
  return Object.fromEntries(Object.entries(modules).map(([name, text]) => [name, `${banner}\n${text}`]));
}

const banner =
  "// Made from the OpenAPI description by scripts/generate-types.ts: change the description, not this file.";
