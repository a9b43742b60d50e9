import { expect, it } from "vitest";
import { soakFirstCalls } from "./first-calls.ts";

it("64 first calls of a new function at the same moment run once each and get their own answers", {
  timeout: 120_000,
}, async () => {
  const { problems, rounds } = await soakFirstCalls({ parallel: 64, rounds: 1, seed: 1 });
  expect(problems).toEqual([]);
  expect(rounds.map(({ runtime }) => runtime)).toEqual(["Node.js20.15", "Python3.9"]);
  for (const { instances } of rounds) {
    expect(instances).toBeGreaterThan(0);
    expect(instances).toBeLessThanOrEqual(64);
  }
});
