import { moduleFunctions } from "./module-functions.ts";
import { packFixtures } from "./pack-fixtures.ts";
import type { RuntimeUnderTest } from "./runtime-under-test.ts";

/** Functions of Node.js: handlers in modules. */
export const node: RuntimeUnderTest = {
  name: "node",
  runtime: "Node.js20.15",
  functions: {
    ...moduleFunctions("failingInitializer", "endlessInitializer"),
    own: { handler: "module.act" },
    other: { handler: "orders/greet/hello.act" },
  },
  pack: () => packFixtures("shared", "node"),
};
