import { expect, test } from "vitest";
import { manualClock } from "../../test/support/manual-clock.ts";
import { cached } from "./cached.ts";
import type { TokenCredentials } from "./credentials.ts";

const minute = 60_000;

/** A provider that counts, whose answers live so long. */
function counting(lifetime: number | undefined) {
  const clock = manualClock();
  let count = 0;
  const provider = cached(async (): Promise<TokenCredentials> => {
    count += 1;
    return {
      token: String(count),
      ...(lifetime !== undefined && { expiresAt: new Date(clock.now() + lifetime) }),
    };
  }, clock);
  return { clock, provider };
}

test.each([
  ["a long life is kept until five minutes before its end", 60 * minute, 55 * minute],
  ["a short life is kept until its last tenth", 10 * minute, 9 * minute],
])("an answer with %s", async (_what, lifetime, renewal) => {
  const { clock, provider } = counting(lifetime);
  await provider();
  await clock.advance(renewal - 1);
  expect(await provider()).toMatchObject({ token: "1" });
  await clock.advance(1);
  expect(await provider()).toMatchObject({ token: "2" });
});

test("an answer without an end is not kept", async () => {
  const { provider } = counting(undefined);
  expect([await provider(), await provider()]).toMatchObject([{ token: "1" }, { token: "2" }]);
});

test("an answer that was refused is not given again", async () => {
  const { provider } = counting(60 * minute);
  expect([await provider(), await provider({ refresh: true }), await provider()]).toMatchObject([
    { token: "1" },
    { token: "2" },
    { token: "2" },
  ]);
});

test("callers at the same time share one request", async () => {
  const { provider } = counting(60 * minute);
  const got = await Promise.all([
    provider(),
    provider({ refresh: true }),
    provider({ signal: new AbortController().signal }),
  ]);
  expect(got.map((credentials) => ({ ...credentials, expiresAt: undefined }))).toEqual(
    Array(3).fill({ token: "1" }),
  );
});

test("a caller who gives up gets the signal's reason, the others their answer", async () => {
  const { provider } = counting(60 * minute);
  const controller = new AbortController();
  const [first, second] = [provider({ signal: controller.signal }), provider()];
  controller.abort("enough");
  await expect(first).rejects.toBe("enough");
  expect(await second).toMatchObject({ token: "1" });
  await expect(provider({ signal: controller.signal })).rejects.toBe("enough");
});

test("a failure is not kept", async () => {
  let count = 0;
  const provider = cached(async () => {
    count += 1;
    if (count === 1) throw new Error("not yet");
    return { token: "T" };
  }, manualClock());
  await expect(provider()).rejects.toThrow("not yet");
  expect(await provider()).toEqual({ token: "T" });
});
