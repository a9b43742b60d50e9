import type { Catalogue } from "../errors/catalogue.ts";
import type { JsonObject } from "../openapi.ts";
import { exampleCallsModule } from "./example-calls-module.ts";
import { methodsModule } from "./methods-module.ts";
import { operationsModule } from "./operations-module.ts";
import { remediesModule } from "./remedies-module.ts";

/** Makes the generated modules of `@functiongraph/client` from the bundle and the error catalogue: file name → source text. */
export function generateClient(document: JsonObject, catalogue: Catalogue): Record<string, string> {
  const modules = {
    "example-calls.ts": exampleCallsModule(document),
    "methods.ts": methodsModule(document),
    "operations.ts": operationsModule(document),
    "remedies.ts": remediesModule(catalogue),
  };
  return Object.fromEntries(Object.entries(modules).map(([name, text]) => [name, `${banner}\n${text}`]));
}

const banner =
  "// Made from the OpenAPI description by scripts/generate-client.ts: change the description, not this file.";
