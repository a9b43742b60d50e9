import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { sharedTests } from "../../vitest.shared.ts";

export default defineConfig({
  test: {
    ...sharedTests.test,
    // Some tests take away process, crypto or fetch, and what Node.js itself loads meanwhile, as its fetch, stays without them.
    isolate: true,
  },
  // The package's own `imports` lead to what is built.
  resolve: {
    alias: { "#transport": fileURLToPath(new URL("src/transport/node-transport.ts", import.meta.url)) },
  },
});
