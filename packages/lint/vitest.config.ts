import { defineConfig, mergeConfig } from "vitest/config";
import { sharedTests } from "../../vitest.shared.ts";

export default mergeConfig(sharedTests, defineConfig({ test: { globalSetup: ["test/build-plugin.ts"] } }));
