import { packFixtures } from "./pack-fixtures.ts";
import type { RuntimeUnderTest } from "./runtime-under-test.ts";

/** Functions of Python: handlers in modules. */
export const python: RuntimeUnderTest = {
  name: "python",
  runtime: "Python3.9",
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
      initializer_handler: "index.failing_initializer",
      initializer_timeout: 5,
    },
    endlessInitializer: {
      handler: "index.act",
      initializer_handler: "index.endless_initializer",
      initializer_timeout: 1,
    },
    other: { handler: "orders/greet/hello.act" },
  },
  pack: () => packFixtures("python"),
};
