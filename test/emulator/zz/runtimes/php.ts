import { packFixtures } from "./pack-fixtures.ts";
import type { RuntimeUnderTest } from "./runtime-under-test.ts";

/** Functions of PHP: handlers in scripts. */
export const php: RuntimeUnderTest = {
  name: "php",
  runtime: "PHP8.3",
  functions: {
    act: { handler: "index.act" },
    limited: { handler: "index.act", timeout: 3 },
    fragile: { handler: "index.act" },
    crowd: { handler: "index.act" },
    small: { handler: "index.act", memory_size: 128 },
    missingModule: { handler: "missing.act" },
    missingMethod: { handler: "index.missing" },
    brokenSyntax: { handler: "broken.act" },
    initialized: { handler: "index.act", initializer_handler: "index.initializer", initializer_timeout: 5 },
    failingInitializer: {
      handler: "index.act",
      initializer_handler: "index.failingInitializer",
      initializer_timeout: 5,
    },
    endlessInitializer: {
      handler: "index.act",
      initializer_handler: "index.endlessInitializer",
      initializer_timeout: 1,
    },
  },
  pack: () => packFixtures("php"),
};
