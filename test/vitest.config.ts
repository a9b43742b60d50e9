import { defineConfig } from "vitest/config";
import { sharedTests } from "../vitest.shared.ts";

export default defineConfig({
  test: {
    ...sharedTests.test,
    // They take longest, and are alone at the end; without this Vitest leaves a core of two to itself.
    maxWorkers: 2,
  },
});
