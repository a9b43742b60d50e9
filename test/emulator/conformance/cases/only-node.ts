import { expect } from "vitest";
import type { ConformanceScenario } from "../conformance-case.ts";
import { wellAgain } from "../well-again.ts";
import { sdkAnswers } from "./sdk-answers.ts";

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
        await wellAgain(stage, driver, "fragile");
      },
    }),
  ),
  ...sdkAnswers,
];
