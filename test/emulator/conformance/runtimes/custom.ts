import { actingFunctions } from "./acting-functions.ts";
import { packFixtures } from "./pack-fixtures.ts";
import type { RuntimeUnderTest } from "./runtime-under-test.ts";

/** A runtime of one's own: a program that asks for calls over HTTP. */
export const custom: RuntimeUnderTest = {
  name: "custom",
  runtime: "Custom",
  functions: actingFunctions({ handler: "bootstrap" }),
  pack: () => packFixtures("shared", "custom"),
};
