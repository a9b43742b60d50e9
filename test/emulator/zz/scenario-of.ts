import { expect } from "vitest";
import type { ConformanceCase, ConformanceScenario, RuntimeName, Want } from "./conformance-case.ts";
import type { Seen } from "./drivers/driver.ts";

/** A case as a runtime has to show it; none when it is not for it. */
export function scenarioOf(runtime: RuntimeName, one: ConformanceCase): ConformanceScenario[] {
  const want = one.want[runtime];
  if (typeof want === "string") return [];
  const { name, fact, function: called = "act", event, slow = false, after } = one;
  return [
    {
      name,
      fact,
      slow,
      async run(stage, driver) {
        const seen = await stage.act(driver, called, event);
        check(seen, want);
        await after?.(stage, driver, seen);
      },
    },
  ];
}

/** Holds what a caller sees against what is wanted. */
function check(seen: Seen, want: Want): void {
  const { code, result, text, errorMessage, errorType, stackTrace, log } = want;
  expect({ refusal: seen.refusal, status: seen.status, error: seen.errorMessage?.slice(0, 1000) }).toEqual({
    refusal: undefined,
    status: code === 0 ? 200 : 500,
    error: code === 0 ? undefined : expect.anything(),
  });
  // One of the drivers does not show numbers of failures.
  if (code === 0 || seen.code !== undefined) expect(seen.code).toBe(code);
  if (text !== undefined) expect(seen.text).toBe(text);
  if (result !== undefined) expect(JSON.parse(seen.text)).toMatchObject(result);
  if (errorMessage !== undefined) expectText(seen.errorMessage, errorMessage);
  if (errorType !== undefined) expectText(seen.errorType, errorType);
  if (stackTrace) expect(seen.stackTrace).toMatch(stackTrace);
  if (log) expect(seen.log).toMatch(log);
}

function expectText(actual: string | undefined, want: string | RegExp): void {
  if (typeof want === "string") expect(actual).toBe(want);
  else expect(actual).toMatch(want);
}
