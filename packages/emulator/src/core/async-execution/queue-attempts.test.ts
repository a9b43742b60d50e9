import { setTimeout } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import {
  accept,
  broken,
  calls,
  clock,
  documentsLeft,
  freshQueue,
  full,
  newQueue,
  queue,
  settings,
  stateOf,
  statusOf,
  turns,
} from "../../../test/support/queue-bench.ts";
import { ServiceError } from "../service-error.ts";

beforeEach(freshQueue);

describe("an error", () => {
  it("of the function is not tried again", async () => {
    accept("one");
    (await calls.begun(1)).fail(4002, "function invocation exception, error: boom");
    await queue.idle();
    expect(stateOf("one")).toMatchObject({
      status: "FAIL",
      errorCode: 4002,
      errorMessage: "function invocation exception, error: boom",
    });
    expect([queue.pending(), documentsLeft()]).toEqual([0, 0]);
  });

  it("of the function is tried again if that was chosen", async () => {
    newQueue({ userErrorRetries: true }).start();
    accept("one");
    (await calls.begun(1)).fail(4002);
    await queue.idle();
    clock.advance(1000);
    (await calls.begun(2)).succeed();
    await queue.idle();
    expect(statusOf("one")).toBe("SUCCESS");
  });

  it("of the service is tried again after growing pauses, as often as configured", async () => {
    settings({ maxRetries: 2 });
    newQueue({ retrySeconds: { first: 10, factor: 3 } }).start();
    accept("one");
    for (const [attempt, pause] of [
      [1, 10_000],
      [2, 30_000],
    ] as const) {
      (await calls.begun(attempt)).fail(broken, `broken ${attempt}`);
      await queue.idle();
      expect(stateOf("one")).toMatchObject({ status: "WAIT", errorCode: 0 });
      clock.advance(pause - 1);
      await turns();
      expect(calls.all).toHaveLength(attempt);
      clock.advance(1);
    }
    (await calls.begun(3)).throw(new TypeError("a bug"));
    await queue.idle();
    clock.advance(3_600_000);
    await queue.idle();
    expect(calls.all).toHaveLength(3);
    expect(stateOf("one")).toMatchObject({ status: "FAIL", errorCode: 161900 });
  });

  it("is final when the next attempt would be too late", async () => {
    settings({ maxRetries: 3, maxAge: 5 });
    newQueue({ retrySeconds: { first: 5, factor: 1 } }).start();
    accept("one");
    (await calls.begun(1)).fail(broken, "broken");
    await queue.idle();
    expect(stateOf("one")).toMatchObject({ status: "FAIL", errorCode: broken, errorMessage: "broken" });
  });

  it("does not hold up later requests while it pauses", async () => {
    accept("one");
    (await calls.begun(1)).fail(broken);
    await queue.idle();
    accept("two");
    (await calls.begun(2)).succeed();
    await queue.idle();
    expect([statusOf("one"), statusOf("two")]).toEqual(["WAIT", "SUCCESS"]);
  });

  it("is told when the function's version is gone", async () => {
    accept("one");
    (await calls.begun(1)).throw(new ServiceError("FSS.1052"));
    await queue.idle();
    expect(stateOf("one")).toMatchObject({ status: "FAIL", errorCode: 150424 });
  });
});

describe("a refusal", () => {
  it("puts the request back until there is room", async () => {
    accept("one");
    accept("two");
    (await calls.begun(2)).throw(full);
    await turns();
    expect([statusOf("two"), calls.all.length]).toEqual(["WAIT", 2]);
    calls.all[0]?.succeed();
    expect((await calls.begun(3)).input.requestId).toBe("two");
  });

  it("is followed by growing whiles when nothing of the function runs here", async () => {
    accept("one");
    for (const [attempt, pause] of [
      [1, 1000],
      [2, 2000],
      [3, 4000],
    ] as const) {
      (await calls.begun(attempt)).throw(full);
      await queue.idle();
      clock.advance(pause - 1);
      await turns();
      expect(calls.all).toHaveLength(attempt);
      clock.advance(1);
    }
    (await calls.begun(4)).succeed();
    await queue.idle();
    expect(statusOf("one")).toBe("SUCCESS");
  });

  it.each([
    [full, 150429, "reach max instance num"],
    [new ServiceError("FSS.0429", "Function Disabled"), 150434, "function is disabled"],
  ])("discards the request when its age is over: %s", async (refusal, errorCode, text) => {
    settings({ maxAge: 10 });
    accept("one");
    for (let seconds = 0; seconds < 10; seconds += 1) {
      await turns();
      calls.all.at(-1)?.throw(refusal);
      await queue.idle();
      clock.advance(1000);
    }
    expect(stateOf("one")).toMatchObject({
      status: "DISCARD",
      errorCode,
      errorMessage: `${text} (the request is older than the 10 seconds of max_async_event_age_in_seconds)`,
      endTime: Date.parse("2026-03-02T10:00:10Z"),
    });
    expect([queue.pending(), documentsLeft()]).toEqual([0, 0]);
  });
});

it("a request that came while the clock was moved far ahead runs all the same", async () => {
  settings({ maxAge: 10 });
  newQueue().start();
  clock.setTimer(new Date(clock.now().getTime() + 1000), () => accept("one"));
  clock.advance(2 * 86_400_000);
  (await calls.begun(1)).succeed();
  await queue.idle();
  expect(statusOf("one")).toBe("SUCCESS");
});

it("a request that waits behind others is not made older by a clock that is moved", async () => {
  settings({ maxAge: 10 });
  newQueue({ concurrency: 1 }).start();
  accept("one");
  accept("two");
  (await calls.begun(1)).succeed();
  accept("three");
  for (let day = 0; day < 3; day += 1) clock.advance(86_400_000);
  (await calls.begun(2)).succeed();
  clock.advance(86_400_000);
  (await calls.begun(3)).succeed();
  await queue.idle();
  expect([statusOf("one"), statusOf("two"), statusOf("three")]).toEqual(["SUCCESS", "SUCCESS", "SUCCESS"]);
});

it("a request that waits behind refused ones is discarded at the end of its age", async () => {
  settings({ maxAge: 10 });
  newQueue().start();
  accept("one");
  (await calls.begun(1)).throw(full);
  accept("two");
  accept("three");
  await turns();
  clock.advance(10_000);
  expect([statusOf("one"), statusOf("two"), statusOf("three")]).toEqual(["DISCARD", "DISCARD", "DISCARD"]);
});

it("a request that has waited behind others for its age is discarded", async () => {
  settings({ maxAge: 0.02 });
  newQueue({ concurrency: 1 }).start();
  accept("one");
  accept("two");
  await calls.begun(1);
  await setTimeout(25);
  clock.advance(25);
  expect(stateOf("two")).toMatchObject({ status: "DISCARD", errorCode: 150430 });
  calls.all[0]?.succeed();
  await queue.idle();
  expect([statusOf("one"), calls.ids]).toEqual(["SUCCESS", ["one"]]);
});
