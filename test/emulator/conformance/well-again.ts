import { expect } from "vitest";
import type { FunctionName } from "./conformance-case.ts";
import type { Driver } from "./drivers/driver.ts";
import type { Stage } from "./stage.ts";

/** Shows that the next call of a function succeeds. */
export async function wellAgain(stage: Stage, driver: Driver, name: FunctionName): Promise<void> {
  const next = await stage.act(driver, name, { action: "text", text: "well again" });
  expect(next).toMatchObject({ code: 0, text: "well again" });
}
