import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type RunningFunctions, runFunctions } from "../../../test/support/running-functions.ts";
import type { FunctionSpec } from "../contract.ts";

let functions: RunningFunctions;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "fg-failed-initializer-"));
  functions = await runFunctions();
});
afterEach(async () => {
  await functions.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Three times 100 ms, as timers may be early by a millisecond. */
const thrice = 297;
const failure = "function initialization exception, error: ";

/** JavaScript that counts, over all processes, how often it has run. */
const count = (): string =>
  `(() => { const fs = require("fs"), at = ${JSON.stringify(join(folder, "attempts"))}; fs.appendFileSync(at, "."); return fs.statSync(at).size })()`;

/** A function whose initializer takes 100 ms, prints and fails, so many times. */
function failing(times: number, settings: Partial<FunctionSpec> = {}): Promise<FunctionSpec> {
  return functions.add(
    `exports.init = async () => {
      const attempt = ${count()};
      console.log("attempt " + attempt);
      await new Promise((go) => setTimeout(go, 100));
      if (attempt <= ${times}) throw new Error("no " + attempt);
    };
    exports.handler = async () => { console.log("called"); return "ran" };`,
    { initializer: { handler: "index.init", timeout: 10 }, ...settings },
  );
}

/** Lines of a call's log without the first, the last and the blank one before. */
const linesOf = (log: string): string[] => log.split("\n").slice(1, -2);

describe("an initializer that fails", () => {
  it("leaves what all of its attempts have printed, and their errors, in the log of the call", async () => {
    const { code, log } = await functions.call(await failing(3));
    expect(code).toBe(4009);
    expect(linesOf(log)).toEqual([
      "attempt 1",
      `${failure}no 1`,
      "attempt 2",
      `${failure}no 2`,
      "attempt 3",
      `${failure}no 3`,
    ]);
    expect(functions.printed).toEqual([]);
  });

  it("leaves the same in the log of the first call when it succeeds in the end, and nothing in the next", async () => {
    const spec = await failing(2);
    const first = await functions.call(spec);
    expect(first.text).toBe("ran");
    expect(linesOf(first.log)).toEqual([
      "attempt 1",
      `${failure}no 1`,
      "attempt 2",
      `${failure}no 2`,
      "attempt 3",
      "called",
    ]);
    expect(linesOf((await functions.call(spec)).log)).toEqual(["called"]);
    expect(functions.printed).toEqual([]);
  });

  it("leaves it in the function's log when no call waits for the instance", async () => {
    functions.runner.reserve(await failing(3), 1);
    await expect
      .poll(() => functions.printed, { timeout: 5000 })
      .toEqual([`attempt 1\n${failure}no 1\nattempt 2\n${failure}no 2\nattempt 3\n${failure}no 3\n`]);
  });

  it("leaves it where a later attempt fails in another way", async () => {
    const spec = await functions.add(
      `exports.init = async () => {
        const attempt = ${count()};
        console.log("attempt " + attempt);
        if (attempt === 2) process.exit(1);
        throw new Error("no " + attempt);
      };
      exports.handler = async () => 1;`,
      { initializer: { handler: "index.init", timeout: 10 } },
    );
    const { code, log } = await functions.call(spec);
    expect(code).toBe(4204);
    expect(linesOf(log)).toEqual(["attempt 1", `${failure}no 1`, "attempt 2"]);
  });

  it("is billed with all of its attempts, and is no part of the duration", async () => {
    const { billed, duration, log } = await functions.call(await failing(3));
    expect(billed).toBeGreaterThanOrEqual(thrice);
    expect(duration).toBe(0);
    expect(log).toContain(`duration: 0.000ms, billing duration: ${billed}ms`);
  });

  it("is billed with the first call when it succeeds in the end", async () => {
    const spec = await failing(2);
    const [first, second] = [await functions.call(spec), await functions.call(spec)];
    expect([first.billed >= thrice, first.duration < thrice, second.billed < thrice]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it("is billed when it takes too long, or its process ends", async () => {
    const initializer = { handler: "index.init", timeout: 0.2 };
    const late = await functions.add(
      "exports.init = () => new Promise(() => setTimeout(() => 0, 10_000)); exports.handler = async () => 1",
      { initializer },
    );
    const lateCall = await functions.call(late);
    expect([lateCall.code, lateCall.billed >= 597]).toEqual([4211, true]);
    const ending = await functions.add(
      "exports.init = () => new Promise(() => setTimeout(() => process.exit(1), 100)); exports.handler = async () => 1",
      { initializer: { ...initializer, timeout: 10 } },
    );
    const endedCall = await functions.call(ending);
    expect([endedCall.code, endedCall.billed >= 99]).toEqual([4204, true]);
  });

  it("is billed once when several calls have waited for it", async () => {
    const spec = await failing(3, { concurrency: 2 });
    const calls = await Promise.all([functions.call(spec), functions.call(spec)]);
    expect(calls.map(({ code }) => code)).toEqual([4009, 4009]);
    expect(calls.map(({ billed }) => billed >= thrice)).toEqual([true, false]);
    const logs = calls.map(({ log }) => linesOf(log));
    expect(logs[1]).toEqual(logs[0]);
  });
});
