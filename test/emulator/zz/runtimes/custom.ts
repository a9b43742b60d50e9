import { packFixtures } from "./pack-fixtures.ts";
import type { RuntimeUnderTest } from "./runtime-under-test.ts";

/** A runtime of one's own: a program that asks for calls over HTTP. */
export const custom: RuntimeUnderTest = {
  name: "custom",
  runtime: "Custom",
  functions: {
    act: { handler: "bootstrap" },
    limited: { handler: "bootstrap", timeout: 3 },
    fragile: { handler: "bootstrap" },
    crowd: { handler: "bootstrap" },
    small: { handler: "bootstrap", memory_size: 128 },
  },
  pack: () => packFixtures("shared", "custom"),
};
