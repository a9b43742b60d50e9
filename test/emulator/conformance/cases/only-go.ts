import { expect } from "vitest";
import type { ConformanceScenario } from "../conformance-case.ts";
import type { Driver } from "../drivers/driver.ts";
import type { Stage } from "../stage.ts";
import { wellAgain } from "../well-again.ts";

const library = "sources of the runtime library for Go";

/** What only functions of Go have. */
export const onlyGo: readonly ConformanceScenario[] = [
  {
    name: "panics, which callers get as 4002 with message and stack; its instance goes on",
    fact: {
      says: "The library recovers a panic and makes {errorMessage, errorType: panic, stackTrace} of it.",
      grade: "K",
      source: library,
    },
    async run(stage, driver) {
      const seen = await stage.act(driver, "own", { action: "panic", message: "no stock" });
      expect(seen).toMatchObject({ status: 500, errorMessage: "no stock", errorType: "panic" });
      expect(seen.stackTrace).toMatch(/^main\.act\(\)\n\s*\S+main\.go:\d+/);
      expect(seen.log).toContain("main.act()");
      const { id, calls } = await who(stage, driver);
      await stage.act(driver, "own", { action: "panic", message: "no stock" });
      expect(await who(stage, driver)).toEqual({ id, calls: calls + 1 });
    },
  },
  {
    name: "ends with its process at a panic that nobody recovers, which the log tells",
    fact: {
      says: "A panic outside of the call's own goroutine ends the process, as in every program of Go.",
      grade: "U",
      source: "not documented; the language's specification, Handling panics",
    },
    async run(stage, driver) {
      const seen = await stage.act(driver, "fragile", { action: "uncaught" });
      expect(seen).toMatchObject({ status: 500, errorMessage: "runtime process is exited" });
      expect(seen.log).toContain("panic: nobody recovers");
      await wellAgain(stage, driver, "fragile");
    },
  },
  {
    name: "is called although an initializer is set, which it cannot have",
    fact: {
      says: "The runtime for Go does not support initializers; what becomes of one that is set is not documented.",
      grade: "U",
      source: "guide of the runtime library, Initializer function",
    },
    async run(stage, driver) {
      await wellAgain(stage, driver, "own");
    },
  },
];

async function who(stage: Stage, driver: Driver): Promise<{ readonly id: string; readonly calls: number }> {
  return JSON.parse((await stage.act(driver, "own", { action: "who", ms: 0 })).text);
}
