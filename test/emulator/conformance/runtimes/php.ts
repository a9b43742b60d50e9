import { moduleFunctions } from "./module-functions.ts";
import { packFixtures } from "./pack-fixtures.ts";
import type { RuntimeUnderTest } from "./runtime-under-test.ts";

/** Functions of PHP: handlers in scripts. */
export const php: RuntimeUnderTest = {
  name: "php",
  runtime: "PHP8.3",
  functions: moduleFunctions("failingInitializer", "endlessInitializer"),
  pack: () => packFixtures("php"),
};
