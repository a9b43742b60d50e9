import { expect, it } from "vitest";
import { soakInvocations } from "./invocations.ts";

// FG_SEED=<number> repeats a run or tries another one; `npm run soak -- invocations` is the long form, which looks at memory, too.
const seed = Number(process.env.FG_SEED ?? 20260302);

it(`600 calls that end in every way, seed ${seed}, run once, get their own answers and leave nothing`, {
  timeout: 180_000,
}, async () => {
  const { problems, byCode, left } = await soakInvocations({ count: 600, seed, settle: 0 });
  expect({ problems, left }).toEqual({ problems: [], left: [] });
  expect(Object.keys(byCode)).toEqual(["0", "4001", "4002", "4010", "4204", "4205"]);
});
