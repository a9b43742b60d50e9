import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases, scenarios } from "./cases/index.ts";
import type { ConformanceScenario } from "./conformance-case.ts";
import { officialSdkName } from "./drivers/official-sdk.ts";
import { ownClientName } from "./drivers/own-client.ts";
import { noneLeftWith } from "./processes-with.ts";
import type { RuntimeUnderTest } from "./runtimes/runtime-under-test.ts";
import { scenarioOf } from "./scenario-of.ts";
import { Stage } from "./stage.ts";

/** Machines that check changes have every runtime, and may pass over none. */
const isComplete = process.env.CI === "true";

/**
 * Shows that functions of a runtime do what is known of the service: all that is for it, called by each driver, in one emulator.
 * @param more what only this runtime has
 */
export function conform(runtime: RuntimeUnderTest, more: readonly ConformanceScenario[] = []): void {
  const all = [...cases.flatMap((one) => scenarioOf(runtime.name, one)), ...scenarios, ...more];
  const meant = all.filter(({ not }) => not?.[runtime.name] === undefined);
  // Those that are slow are under way from the beginning, and asked last.
  const slow = meant.filter((one) => one.slow);
  const shown = [...meant.filter((one) => !one.slow), ...slow];
  const early = new Map<string, Promise<unknown>>();
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open(runtime);
    if (stage.missing !== undefined) return;
    // What goes wrong is told by the test that waits for it.
    for (const driver of stage.drivers)
      for (const { name, run } of slow)
        early.set(
          `${driver.name} ${name}`,
          run(stage, driver).then(
            () => undefined,
            (error: unknown) => error,
          ),
        );
  }, 180_000);

  afterAll(async () => {
    const { violations } = stage.emulator;
    await stage.close();
    expect(violations).toEqual([]);
    // Where there are namespaces, the command lines of sandboxes name their places.
    expect(await noneLeftWith(stage.folder)).toEqual([]);
  }, 30_000);

  it.runIf(isComplete)("is run here in full", () => {
    expect({ missing: stage.missing, ...stage.health.sandbox }).toMatchObject({
      missing: undefined,
      level: "namespaces",
    });
  });

  // Each driver has functions of its own, so that the other one goes its way meanwhile.
  describe.concurrent.each([ownClientName, officialSdkName])(
    `${runtime.runtime}, called by %s: a function`,
    (driverName) => {
      const named = shown
        .filter(({ driver = driverName }) => driver === driverName)
        .map((one) => [one.name, one] as const);
      it.sequential.for(named)("%s", { timeout: 30_000 }, async ([name, { isolated, run }], { skip }) => {
        if (stage.missing !== undefined) return skip(`${runtime.runtime} cannot run here: ${stage.missing}`);
        if (isolated && stage.health.sandbox.level !== "namespaces")
          return skip("Functions are not isolated by namespaces here.");
        const driver = stage.drivers.find((one) => one.name === driverName);
        if (!driver) throw new Error(`There is no driver ${driverName}.`);
        const begun = early.get(`${driverName} ${name}`);
        if (!begun) return run(stage, driver);
        const error = await begun;
        if (error !== undefined) throw error;
      });
    },
  );
}
