import type { ViteUserConfig } from "vitest/config";

/** What every workspace's tests share: a report that `npm test` counts, no silent retries, and one process per worker. */
export const sharedTests: ViteUserConfig = {
  test: {
    include: ["**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**"],
    reporters: ["default", ["json", { outputFile: ".vitest/report.json" }]],
    retry: 0,
    // All files of a worker share its process: to start one for each, and to load again what they have in common, takes longer than most run.
    isolate: false,
    testTimeout: 20_000,
    passWithNoTests: false,
  },
};
