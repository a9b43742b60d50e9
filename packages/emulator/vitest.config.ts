import { defineConfig } from "vitest/config";
import { sharedTests } from "../../vitest.shared.ts";

export default defineConfig({
  test: {
    ...sharedTests.test,
    // They take long and wait often; without this Vitest leaves a core of two to itself.
    maxWorkers: 2,
  },
});
