import type { ViteUserConfig } from "vitest/config";

/** What every workspace's tests share: a report that `npm test` counts, and no silent retries. */
export const sharedTests: ViteUserConfig = {
  test: {
    include: ["**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**"],
    reporters: ["default", ["json", { outputFile: ".vitest/report.json" }]],
    retry: 0,
    testTimeout: 20_000,
    passWithNoTests: false,
  },
};
