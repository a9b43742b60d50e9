import { expect, test, vi } from "vitest";
import { manualClock } from "../../test/support/manual-clock.ts";
import { CredentialsError } from "../errors/credentials-error.ts";
import type { Credentials } from "./credentials.ts";
import { credentialsStore } from "./credentials-store.ts";

const minute = 60_000;

/** A provider whose credentials last an hour, and how often it was asked. */
function hourly(clock: { now(): number }): {
  provider: () => Promise<Credentials>;
  asked: () => number;
  fail(error: unknown): void;
} {
  let count = 0;
  let failure: unknown;
  return {
    asked: () => count,
    fail: (error) => {
      failure = error;
    },
    async provider() {
      count++;
      if (failure) throw failure;
      return { token: `t${count}`, expiresAt: new Date(clock.now() + 60 * minute) };
    },
  };
}

test("credentials are kept until two minutes before their end", async () => {
  const clock = manualClock();
  const { provider, asked } = hourly(clock);
  const store = credentialsStore(provider, clock, minute);
  expect(await store.get()).toMatchObject({ token: "t1" });
  await clock.advance(57 * minute);
  expect(await store.get()).toMatchObject({ token: "t1" });
  await clock.advance(minute);
  expect(await Promise.all([store.get(), store.get()])).toMatchObject([{ token: "t2" }, { token: "t2" }]);
  expect(asked()).toBe(2);
});

test("credentials without an end are kept", async () => {
  const clock = manualClock();
  let asked = 0;
  const store = credentialsStore(async () => ({ token: `t${++asked}` }), clock, minute);
  await store.get();
  await clock.advance(1e9);
  expect(await store.get()).toEqual({ token: "t1" });
});

test("those that are good for a little while stay in use when there are no others", async () => {
  const clock = manualClock();
  const { provider, fail } = hourly(clock);
  const store = credentialsStore(provider, clock, minute);
  await store.get();
  fail(new Error("IAM is away"));
  await clock.advance(59 * minute);
  expect(await store.get()).toMatchObject({ token: "t1" });
  await clock.advance(minute);
  await expect(store.get()).rejects.toThrow(CredentialsError);
});

test("a failure is not kept", async () => {
  const clock = manualClock();
  const { provider, fail } = hourly(clock);
  const store = credentialsStore(provider, clock, minute);
  fail(new CredentialsError("no file"));
  await expect(store.get()).rejects.toThrow("no file");
  fail(undefined);
  expect(await store.get()).toMatchObject({ token: "t2" });
});

test("a provider that throws at once fails as one that rejects", async () => {
  const store = credentialsStore(
    () => {
      throw new Error("at once");
    },
    manualClock(),
    minute,
  );
  await expect(store.get()).rejects.toThrow(CredentialsError);
  await expect(store.get()).rejects.toThrow(CredentialsError);
});

test("a provider that never answers fails after its time, and is asked again", async () => {
  const clock = manualClock();
  let signal: AbortSignal | undefined;
  const store = credentialsStore((context) => new Promise(() => (signal = context?.signal)), clock, minute);
  const got = store.get().catch((error: unknown) => error);
  await vi.waitUntil(() => clock.waiting.includes(minute));
  await clock.advance(minute);
  expect(await got).toBeInstanceOf(CredentialsError);
  expect(signal?.aborted).toBe(true);
});

test("what is no credentials is an error", async () => {
  // @ts-expect-error neither form
  const store = credentialsStore(async () => ({ accessKey: "a" }), manualClock(), minute);
  await expect(store.get()).rejects.toThrow("gave no credentials");
});

test("only those that were refused are renewed", async () => {
  const clock = manualClock();
  const { provider, asked } = hourly(clock);
  const store = credentialsStore(provider, clock, minute);
  const first = await store.get();
  const renewed = await Promise.all([store.renew(first), store.renew(first)]);
  expect(renewed).toMatchObject([{ token: "t2" }, { token: "t2" }]);
  expect(await store.renew(first)).toMatchObject({ token: "t2" });
  expect(asked()).toBe(2);
});

test("fixed credentials cannot be renewed", () => {
  expect(credentialsStore({ token: "t" }, manualClock(), minute).renew({ token: "t" })).toBeUndefined();
});
