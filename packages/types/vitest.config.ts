import { defineConfig } from "vitest/config";
import { sharedTests } from "../../vitest.shared.ts";

export default defineConfig({
  test: {
    ...sharedTests.test,
    typecheck: { enabled: true, include: ["src/**/*.test-d.ts"], tsconfig: "tsconfig.json", checker: "tsc" },
  },
});
