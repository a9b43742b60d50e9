import { actingFunctions } from "./acting-functions.ts";
import type { RuntimeUnderTest } from "./runtime-under-test.ts";

/**
 * The functions of a runtime whose handlers are `<module>.<function>`.
 * @param failing name of the initializer that fails @param endless name of the one that never ends
 */
export function moduleFunctions(failing: string, endless: string): RuntimeUnderTest["functions"] {
  const initialized = (name: string, seconds: number) => ({
    handler: "index.act",
    initializer_handler: `index.${name}`,
    initializer_timeout: seconds,
  });
  return {
    ...actingFunctions({ handler: "index.act" }),
    missingModule: { handler: "missing.act" },
    missingMethod: { handler: "index.missing" },
    brokenSyntax: { handler: "broken.act" },
    initialized: initialized("initializer", 5),
    failingInitializer: initialized(failing, 5),
    endlessInitializer: initialized(endless, 1),
  };
}
