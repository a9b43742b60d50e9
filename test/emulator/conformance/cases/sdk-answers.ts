import type { Emulator } from "@functiongraph/emulator";
import { expect, vi } from "vitest";
import type { ConformanceScenario } from "../conformance-case.ts";
import { type OfficialClient, officialClient, officialSdkName } from "../drivers/official-sdk.ts";

/** What the official SDK for Node.js makes of answers when it is left to itself. */
export const sdkAnswers: readonly ConformanceScenario[] = [
  sdkAnswer(
    "answers with a bare object, which the official SDK gives with its own additions",
    "The SDK writes the request ID and the status into the object that the body is.",
    "official SDK, HcClient and DefaultHttpClient",
    async (call) => {
      expect(await call({ body: { action: "echo", bytes: 6 } })).toEqual({
        action: "echo",
        bytes: 6,
        "X-Cff-Request-Id": expect.stringMatching(/^[\da-f-]{36}$/),
        httpStatusCode: 200,
      });
    },
  ),
  sdkAnswer(
    "answers with what is no object, of which the official SDK gives nothing or an error of its own",
    "The SDK loses bodies that are no objects: an empty one is {}, on texts and numbers it fails.",
    "official SDK, HcClient and DefaultHttpClient",
    async (call) => {
      expect(await call({ body: { action: "nothing" } })).toEqual({ httpStatusCode: 200 });
      for (const body of [{ action: "text", text: "Hello" }, { action: "number" }, { action: "null" }])
        await expect(call({ body })).rejects.toThrow(/^Cannot (create|set) propert/);
    },
  ),
  sdkAnswer(
    "throws, of which the official SDK tells the status only",
    "Bodies of errors without error_code are dropped by the SDK, in both forms.",
    "official SDK, ExceptionUtil",
    async (call) => {
      const body = { action: "throw", message: "no such order" };
      for (const version of ["v0", "v1"])
        await expect(call({ "X-CFF-Request-Version": version, body })).rejects.toMatchObject({
          httpStatusCode: 500,
          errorCode: undefined,
          errorMsg: "Request failed with status code 500",
        });
    },
  ),
];

function sdkAnswer(
  name: string,
  says: string,
  source: string,
  show: (call: (request: object) => Promise<unknown>) => Promise<void>,
): ConformanceScenario {
  return {
    name,
    fact: { says, grade: "D", source },
    driver: officialSdkName,
    async run(stage, driver) {
      const sdk = await quietClient(stage.emulator);
      const function_urn = await stage.urnOf(driver, "act");
      await show((request) => sdk.invokeFunction({ function_urn, ...request }));
    },
  };
}

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
