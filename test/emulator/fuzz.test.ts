import { describe, expect, it } from "vitest";
import { fuzzEmulator } from "../../scripts/lib/soak/fuzz/fuzz-emulator.ts";

// FG_SEED=<number> repeats a run or tries another one; `npm run soak -- fuzz` is the long form.
const seed = Number(process.env.FG_SEED ?? 20260302);

describe(`random requests, seed ${seed}`, () => {
  it("of every operation, valid and broken, get answers that the description knows and no failure", {
    timeout: 120_000,
  }, async () => {
    const { failures, violations, succeeded } = await fuzzEmulator({ seed, requests: 800 });
    expect(failures).toEqual([]);
    expect(violations).toBe(0);
    expect(succeeded.length).toBeGreaterThan(45);
  });

  it("are the same for the same seed", { timeout: 120_000 }, async () => {
    const runs = [await fuzzEmulator({ seed, requests: 100 }), await fuzzEmulator({ seed, requests: 100 })];
    expect(runs[0]?.byStatus).toEqual(runs[1]?.byStatus);
    expect(runs[0]?.succeeded).toEqual(runs[1]?.succeeded);
  });
});
