import { moduleFunctions } from "./module-functions.ts";
import { packFixtures } from "./pack-fixtures.ts";
import type { RuntimeUnderTest } from "./runtime-under-test.ts";

/** Functions of Python: handlers in modules. */
export const python: RuntimeUnderTest = {
  name: "python",
  runtime: "Python3.9",
  functions: {
    ...moduleFunctions("failing_initializer", "endless_initializer"),
    other: { handler: "orders/greet/hello.act" },
  },
  pack: () => packFixtures("python"),
};
