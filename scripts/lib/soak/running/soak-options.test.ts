import { expect, it } from "vitest";
import { UserError } from "../../user-error.ts";
import { soakOptions } from "./soak-options.ts";

it("takes the defaults for what is not given, and a random seed", () => {
  const { count, seed } = soakOptions(["--count", "7"], { count: 1, rounds: 5 });
  expect([count, Number.isSafeInteger(seed) && seed > 0]).toEqual([7, true]);
  expect(soakOptions(["--seed", "3"], { count: 1 })).toEqual({ count: 1, seed: 3 });
});

it.each(["0", "-1", "1.5", "many"])("refuses the number %s", (given) => {
  expect(() => soakOptions([`--count=${given}`], { count: 1 })).toThrow(UserError);
});
