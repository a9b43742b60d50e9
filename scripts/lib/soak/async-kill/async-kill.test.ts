import { expect, it } from "vitest";
import { soakAsyncKill } from "./async-kill.ts";

// FG_SEED=<number> repeats a run or tries another one; `npm run soak -- async-kill` is the long form.
const seed = Number(process.env.FG_SEED ?? 20260302);

it(`kill -9 in three rounds, seed ${seed}, loses no request that was accepted and leaves no process`, {
  timeout: 180_000,
}, async () => {
  const { problems, kills, accepted, byStatus } = await soakAsyncKill({ rounds: 3, seed });
  expect({ problems, kills }).toEqual({ problems: [], kills: 3 });
  expect(accepted).toBeGreaterThan(0);
  expect(byStatus.SUCCESS).toBeGreaterThan(0);
});
