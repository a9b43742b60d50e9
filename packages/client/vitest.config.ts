import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { sharedTests } from "../../vitest.shared.ts";

export default defineConfig({
  ...sharedTests,
  // The package's own `imports` lead to what is built.
  resolve: {
    alias: { "#transport": fileURLToPath(new URL("src/transport/node-transport.ts", import.meta.url)) },
  },
});
