import { type JsonObject, operationsOf } from "../openapi.ts";
import { loadersModule } from "./loaders-module.ts";
import { requestModules } from "./request-modules.ts";
import { responseModules } from "./response-modules.ts";
import { routesModule } from "./routes-module.ts";

/** All generated sources of the emulator, by their path within its folder `src/generated`. */
export function compileValidators(document: JsonObject): Record<string, string> {
  const ids = operationsOf(document).map((entry) => entry.operationId);
  const within = (folder: string, modules: Record<string, string>): [string, string][] =>
    Object.entries(modules).map(([id, text]) => [`${folder}/${id}.js`, text]);
  return {
    "routes.ts": routesModule(document),
    "requests.ts": loadersModule("requests", ids),
    "responses.ts": loadersModule("responses", ids),
    ...Object.fromEntries([
      ...within("requests", requestModules(document)),
      ...within("responses", responseModules(document)),
    ]),
  };
}
