import type { Emulator } from "@functiongraph/emulator";
import { expect, vi } from "vitest";
import type { ConformanceScenario } from "../conformance-case.ts";
import { type OfficialClient, officialClient, officialSdkName } from "../drivers/official-sdk.ts";

const unknown = "not documented; Node.js ends the process";

/** What only functions of Node.js have, and what the official SDK for it makes of answers. */
export const onlyNode: readonly ConformanceScenario[] = [
  ...(["unhandled", "uncaught"] as const).map(
    (action): ConformanceScenario => ({
      name: `ends with its process at an ${action === "unhandled" ? "unhandled rejection" : "uncaught exception"}, which the log tells`,
      fact: {
        says: "What becomes of errors that nobody waits for is not known.",
        grade: "U",
        source: unknown,
      },
      async run(stage, driver) {
        const seen = await stage.act(driver, "fragile", { action });
        expect(seen).toMatchObject({ status: 500, errorMessage: "runtime process is exited" });
        expect(seen.log).toContain(action === "unhandled" ? "nobody waits" : "nobody catches");
        expect(await stage.act(driver, "fragile", { action: "text", text: "well again" })).toMatchObject({
          code: 0,
        });
      },
    }),
  ),
  {
    name: "answers with a bare object, which the official SDK gives with its own additions",
    fact: {
      says: "The SDK writes the request ID and the status into the object that the body is.",
      grade: "D",
      source: "official SDK, HcClient and DefaultHttpClient",
    },
    async run(stage, driver) {
      if (driver.name !== officialSdkName) return;
      const sdk = await quietClient(stage.emulator);
      const function_urn = await stage.urnOf("act");
      expect(await sdk.invokeFunction({ function_urn, body: { action: "echo", bytes: 6 } })).toEqual({
        action: "echo",
        bytes: 6,
        "X-Cff-Request-Id": expect.stringMatching(/^[\da-f-]{36}$/),
        httpStatusCode: 200,
      });
    },
  },
  {
    name: "answers with what is no object, of which the official SDK gives nothing or an error of its own",
    fact: {
      says: "The SDK loses bodies that are no objects: an empty one is {}, on texts and numbers it fails.",
      grade: "D",
      source: "official SDK, HcClient and DefaultHttpClient",
    },
    async run(stage, driver) {
      if (driver.name !== officialSdkName) return;
      const sdk = await quietClient(stage.emulator);
      const function_urn = await stage.urnOf("act");
      expect(await sdk.invokeFunction({ function_urn, body: { action: "nothing" } })).toEqual({
        httpStatusCode: 200,
      });
      for (const body of [{ action: "text", text: "Hello" }, { action: "number" }, { action: "null" }])
        await expect(sdk.invokeFunction({ function_urn, body })).rejects.toThrow(
          /^Cannot (create|set) propert/,
        );
    },
  },
  {
    name: "throws, of which the official SDK tells the status only",
    fact: {
      says: "Bodies of errors without error_code are dropped by the SDK, in both forms.",
      grade: "D",
      source: "official SDK, ExceptionUtil",
    },
    async run(stage, driver) {
      if (driver.name !== officialSdkName) return;
      const sdk = await quietClient(stage.emulator);
      const function_urn = await stage.urnOf("act");
      for (const version of ["v0", "v1"]) {
        const body = { action: "throw", message: "no such order" };
        await expect(
          sdk.invokeFunction({ function_urn, "X-CFF-Request-Version": version, body }),
        ).rejects.toMatchObject({
          httpStatusCode: 500,
          errorCode: undefined,
          errorMsg: "Request failed with status code 500",
        });
      }
    },
  },
];

/** The SDK as it is by itself, without the prints that it makes of every failure. */
async function quietClient(emulator: Emulator): Promise<OfficialClient> {
  const client = await officialClient(emulator);
  return {
    async invokeFunction(request) {
      const printed = vi.spyOn(process.stdout, "write").mockReturnValue(true);
      try {
        return await client.invokeFunction(request);
      } finally {
        printed.mockRestore();
      }
    },
  };
}
