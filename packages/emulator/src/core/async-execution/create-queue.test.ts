import { beforeEach, describe, expect, it } from "vitest";
import { AsyncCalls } from "../../../test/support/async-calls.ts";
import {
  ada,
  addLocalAlias,
  addLocalFunction,
  addLocalVersion,
  bob,
  forgetLocalFunction,
  type LocalApp,
  localApp,
} from "../../../test/support/local-app.ts";
import { perform } from "../../../test/support/perform.ts";
import { cancelAsyncInvocation, listAsyncInvocations } from "../../api/async-execution.ts";
import type { ControlledClock } from "../controlled-clock.ts";
import { aliases, aliasKey, functionKey, functions } from "../functions/records.ts";
import { bookedTimes } from "../journal/booked-times.ts";
import { ServiceError } from "../service-error.ts";
import { setAsyncConfig } from "./async-config.ts";
import { type AsyncQueueOptions, createAsyncQueue, type StoredAsyncQueue } from "./create-queue.ts";
import { findAsyncInvocation } from "./invocation-records.ts";
import type { QueuedRequest } from "./queue-contract.ts";
import { queuedEvents, queuedRequests } from "./queue-records.ts";

const base = `urn:fss:eu-de:${ada.projectId}:function:default:hello-orders`;
const full = new ServiceError(
  "FSS.0429",
  "Your request has been controlled by overload sdk, please retry later",
);
const broken = 161900;

let app: LocalApp;
let clock: ControlledClock;
let calls: AsyncCalls;
let queue: StoredAsyncQueue;
let logged: string[];

function newQueue(options: Partial<AsyncQueueOptions> = {}): StoredAsyncQueue {
  calls = new AsyncCalls(() => app.clock.now());
  const made = createAsyncQueue(app, {
    invoke: calls.invoke,
    destinations: {},
    log: (text, { reason }) => logged.push(`${text} ${reason}`),
    ...options,
  });
  queue = made;
  return made;
}

const accept = (requestId: string, change: Partial<QueuedRequest> = {}) =>
  queue.accept({
    projectId: ada.projectId,
    urn: "hello-orders",
    event: Buffer.from(JSON.stringify({ name: requestId })),
    requestId,
    ...change,
  });

function settings(
  change: { maxAge?: number; maxRetries?: number },
  urn = "hello-orders",
  caller = ada,
): void {
  setAsyncConfig(app, caller, urn, { maxAge: 3600, maxRetries: 1, statusLog: true, ...change });
}

const stateOf = (requestId: string, project = ada.projectId) =>
  app.store.read((tx) => findAsyncInvocation(tx, project, requestId)?.record);
const statusOf = (requestId: string): string | undefined => stateOf(requestId)?.status;
const documentsLeft = (): number =>
  app.store.read((tx) => tx.count(queuedRequests, ada.projectId) + tx.count(queuedEvents, ada.projectId));
const cancel = (request_id: string, type?: "force" | "recursive") =>
  perform({ ...app, queue }, ada, "cancelAsyncInvocation", cancelAsyncInvocation, {
    path: { function_urn: "hello-orders" },
    body: { request_id, ...(type && { type }) },
  });

/** Lets everything happen that is due now. */
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

beforeEach(async () => {
  app = localApp();
  // It is one, behind the type of the app.
  clock = app.clock as ControlledClock;
  logged = [];
  await addLocalFunction(app, ada);
  settings({});
  newQueue().start();
});

describe("a request", () => {
  it("waits, runs and succeeds, and leaves nothing but its record", async () => {
    accept("one");
    expect(statusOf("one")).toBe("WAIT");
    expect(queue.pending()).toBe(1);
    const call = await calls.begun(1);
    expect(statusOf("one")).toBe("RUNNING");
    expect(call.input).toMatchObject({
      projectId: ada.projectId,
      urn: `${base}:latest`,
      requestId: "one",
      type: "async",
    });
    expect(call.event).toBe('{"name":"one"}');
    clock.advance(1500);
    call.succeed('"done"');
    await queue.idle();
    expect(stateOf("one")).toMatchObject({
      status: "SUCCESS",
      errorCode: 0,
      errorMessage: "",
      endTime: Date.parse("2026-03-02T10:00:01.500Z"),
    });
    expect([queue.pending(), documentsLeft(), logged]).toEqual([0, 0, []]);
  });

  it("keeps its event byte by byte, also one that is no UTF-8", async () => {
    const event = Buffer.from([0xef, 0xbb, 0xbf, 0x22, 0xff, 0x22]);
    accept("one", { event });
    expect(Buffer.from((await calls.begun(1)).input.event)).toEqual(event);
    accept("two", { event: Buffer.from('\ufeff"ü"') });
    expect((await calls.begun(2)).input.event.byteLength).toBe(7);
  });

  it.each([
    ["nobody", {}, "FSS.1051"],
    [`${base}:v9`, {}, "FSS.1052"],
    [`${base}:!none`, {}, "FSS.1053"],
    ["a:b:c:d:e", {}, "FSS.1309"],
    ["server", {}, "FSS.0400"],
    ["hello-orders", { event: Buffer.alloc(256 * 1024 + 1, "1") }, "FSS.1201"],
  ])("to %s is refused with what checkInvocation says", async (urn, change, code) => {
    await addLocalFunction(app, ada, { func_name: "server", runtime: "http", handler: "bootstrap" });
    expect(() => accept("one", { urn, ...change })).toThrow(expect.objectContaining({ code }));
    expect([queue.pending(), documentsLeft()]).toEqual([0, 0]);
  });

  it("runs the version that the alias led to on arrival, with its settings of then", async () => {
    for (const version of ["v1", "v2"]) addLocalVersion(app, ada, "hello-orders", version);
    addLocalAlias(app, ada, "hello-orders", "prod", "v1");
    settings({ maxAge: 60 }, `${base}:v1`);
    queue = newQueue();
    accept("one", { urn: `${base}:!prod`, instanceMemoryMb: 512 });
    addLocalAlias(app, ada, "hello-orders", "prod", "v2");
    settings({ maxAge: 1 }, `${base}:v1`);
    clock.advance(5000);
    queue.start();
    const { input } = await calls.begun(1);
    expect(input).toMatchObject({ urn: `${base}:v1`, alias: "prod", instanceMemoryMb: 512 });
  });

  it("is split by the rules of an alias about headers, which are not kept", async () => {
    for (const version of ["v1", "v2"]) addLocalVersion(app, ada, "hello-orders", version);
    const rules = [{ rule_type: "Header", param: "X-Beta", op: "=", value: "yes" } as const];
    app.store.write((tx) =>
      tx.put(aliases, ada.projectId, aliasKey("default", "hello-orders", "prod"), {
        name: "prod",
        version: "v1",
        lastModified: "",
        strategy: { v2: { combine_type: "and", rules } },
      }),
    );
    accept("one", { urn: `${base}:!prod`, headers: { "x-beta": "yes", "x-auth-token": "secret" } });
    expect((await calls.begun(1)).input.urn).toBe(`${base}:v2`);
    expect(JSON.stringify([...app.store.documents()])).not.toContain("secret");
  });
});

describe("the order", () => {
  it("is that of arrival, also when the clock was set back", async () => {
    newQueue({ concurrency: 1 }).start();
    accept("one");
    app.setTime("2026-03-02T09:45:00Z");
    accept("two");
    app.setTime("2026-03-02T10:15:00Z");
    accept("three");
    const restarted = newQueue({ concurrency: 1 });
    restarted.start();
    for (const place of [1, 2, 3]) (await calls.begun(place)).succeed();
    await queue.idle();
    expect(calls.ids).toEqual(["one", "two", "three"]);
  });

  it("lets as many run at once as told, and functions by turns", async () => {
    await addLocalFunction(app, ada, { func_name: "resize-image" });
    newQueue({ concurrency: 3 }).start();
    for (const id of ["a1", "a2", "a3", "a4"]) accept(id);
    accept("b1", { urn: "resize-image" });
    await calls.begun(3);
    await turns();
    expect(calls.ids).toEqual(["a1", "b1", "a2"]);
    calls.all[0]?.succeed();
    expect((await calls.begun(4)).input.requestId).toBe("a3");
  });

  it("keeps projects apart", async () => {
    await addLocalFunction(app, bob);
    accept("same");
    accept("same", { projectId: bob.projectId });
    (await calls.begun(1)).succeed();
    (await calls.begun(2)).fail(4002, "boom");
    await queue.idle();
    expect([statusOf("same"), stateOf("same", bob.projectId)?.status]).toEqual(["SUCCESS", "FAIL"]);
  });
});

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

it("a request that waits behind others is discarded at the end of its age", async () => {
  settings({ maxAge: 10 });
  newQueue({ concurrency: 1 }).start();
  accept("one");
  accept("two");
  await calls.begun(1);
  clock.advance(10_000);
  expect(stateOf("two")).toMatchObject({ status: "DISCARD", errorCode: 150430 });
  calls.all[0]?.succeed();
  await queue.idle();
  expect([statusOf("one"), calls.ids]).toEqual(["SUCCESS", ["one"]]);
});

describe("after a restart", () => {
  it("what waited and what ran runs, and nothing else", async () => {
    newQueue({ concurrency: 2 }).start();
    for (const id of ["ended", "running", "waiting"]) accept(id);
    (await calls.begun(1)).succeed();
    await calls.begun(3);
    const before = calls;
    newQueue();
    expect([queue.pending(), statusOf("running")]).toEqual([2, "RUNNING"]);
    queue.start();
    for (const place of [1, 2]) (await calls.begun(place)).succeed();
    await queue.idle();
    expect(calls.ids).toEqual(["running", "waiting"]);
    expect(["ended", "running", "waiting"].map(statusOf)).toEqual(Array(3).fill("SUCCESS"));
    // What the queue of before hears now changes nothing.
    before.all[1]?.fail(4002);
    await turns();
    expect(statusOf("running")).toBe("SUCCESS");
  });

  it("what ran runs whatever its age, and what waited too long is discarded", async () => {
    settings({ maxAge: 10 });
    newQueue({ concurrency: 1 }).start();
    accept("running");
    accept("waiting");
    await calls.begun(1);
    await queue.close();
    clock.advance(20_000);
    newQueue().start();
    (await calls.begun(1)).succeed();
    await queue.idle();
    expect(["running", "waiting"].map(statusOf)).toEqual(["SUCCESS", "DISCARD"]);
  });

  it("counts the attempts of before and keeps the pause", async () => {
    accept("one");
    (await calls.begun(1)).fail(broken);
    await queue.idle();
    newQueue().start();
    await turns();
    expect(calls.all).toEqual([]);
    clock.advance(1000);
    (await calls.begun(1)).fail(broken);
    await queue.idle();
    expect(statusOf("one")).toBe("FAIL");
  });

  it("what ended badly while the emulator closed runs again, what ended well does not", async () => {
    accept("well");
    accept("badly");
    await calls.begun(2);
    await queue.close();
    calls.all[0]?.succeed();
    calls.all[1]?.fail(4204, "runtime process is exited");
    await turns();
    expect([statusOf("well"), statusOf("badly")]).toEqual(["SUCCESS", "RUNNING"]);
    accept("late");
    newQueue().start();
    await calls.begun(2);
    expect(calls.ids).toEqual(["badly", "late"]);
  });
});

describe("when the state is replaced", () => {
  it("requests that are gone are dropped, running ones aborted", async () => {
    newQueue({ concurrency: 1 }).start();
    accept("running");
    accept("waiting");
    const { input } = await calls.begun(1);
    app.store.replace([]);
    queue.reload();
    expect([input.signal?.aborted, queue.pending()]).toEqual([true, 0]);
    await queue.idle();
    expect([calls.ids, [...app.store.documents()], logged]).toEqual([["running"], [], []]);
  });

  it("is noticed without being told, too", async () => {
    newQueue({ concurrency: 1 }).start();
    accept("running");
    accept("waiting");
    await calls.begun(1);
    app.store.replace([]);
    calls.all[0]?.succeed();
    await queue.idle();
    expect([queue.pending(), calls.ids, [...app.store.documents()]]).toEqual([0, ["running"], []]);
  });

  it("requests that appear run, and one that still runs is not begun twice", async () => {
    accept("one");
    accept("two");
    const state = [...app.store.documents()];
    await calls.begun(2);
    calls.all[1]?.succeed();
    await turns();
    app.store.replace(state);
    queue.reload();
    expect((await calls.begun(3)).input.requestId).toBe("two");
    calls.all[0]?.succeed();
    calls.all[2]?.succeed();
    await queue.idle();
    expect([calls.ids, statusOf("one"), statusOf("two")]).toEqual([
      ["one", "two", "two"],
      "SUCCESS",
      "SUCCESS",
    ]);
  });

  it("one that comes back waits for the end of its dropped call", async () => {
    let end = (): void => undefined;
    let begun = 0;
    newQueue({
      invoke: () => {
        begun += 1;
        return new Promise((_, reject) => {
          end = () => reject(new Error("killed"));
        });
      },
    }).start();
    accept("one");
    await turns();
    const state = [...app.store.documents()];
    app.store.replace([]);
    queue.reload();
    app.store.replace(state);
    queue.reload();
    await turns();
    expect(begun).toBe(1);
    end();
    await turns();
    expect([begun, queue.pending(), statusOf("one")]).toEqual([2, 1, "RUNNING"]);
  });
});

it("requests go with their function", async () => {
  newQueue({ concurrency: 1 }).start();
  accept("running");
  accept("waiting");
  await calls.begun(1);
  forgetLocalFunction(app, ada, "hello-orders");
  app.store.write((tx) => tx.delete(functions, ada.projectId, functionKey("default", "hello-orders")));
  calls.all[0]?.succeed();
  await queue.idle();
  expect([queue.pending(), documentsLeft(), calls.ids]).toEqual([0, 0, ["running"]]);
});

it("a running request of a function that was deleted is ended", async () => {
  accept("running");
  accept("waiting", { urn: base });
  const { input } = await calls.begun(1);
  queue.deleted(ada.projectId, functionKey("default", "hello-orders"));
  expect([input.signal?.aborted, queue.pending()]).toEqual([false, 2]);
  forgetLocalFunction(app, ada, "hello-orders");
  queue.deleted(ada.projectId, functionKey("default", "hello-orders"));
  expect([input.signal?.aborted, queue.pending(), documentsLeft()]).toEqual([true, 0, 0]);
});

it("an event may be as large as its source says", async () => {
  const event = Buffer.from(JSON.stringify("x".repeat(300 * 1024)));
  expect(() => accept("one", { event })).toThrow("at most 262144 bytes");
  expect(() => accept("two", { event, mostBytes: 300 * 1024 })).toThrow(
    "at most 307200 bytes and has 307202",
  );
  accept("three", { event, mostBytes: 307_202 });
  expect((await calls.begun(1)).event).toHaveLength(307_202);
});

describe("requests that come in together", () => {
  it("are stored in one transaction with their own times, and what must not run is refused at once", () => {
    const before = app.store.changes;
    queue.together(() => {
      accept("one", { arrivedAt: new Date("2026-03-02T11:00:00Z") });
      expect(() => accept("none", { urn: "other" })).toThrow("Not found the function");
      queue.together(() => accept("two"));
      expect(statusOf("one")).toBeUndefined();
    });
    expect(app.store.changes).toBe(before + 1);
    expect([stateOf("one")?.startTime, stateOf("two")?.startTime]).toEqual(
      ["2026-03-02T11:00:00Z", "2026-03-02T10:00:00Z"].map(Date.parse),
    );
  });

  it("are stored if the work fails after them", () => {
    expect(() =>
      queue.together(() => {
        accept("one");
        throw new Error("no");
      }),
    ).toThrow("no");
    expect(statusOf("one")).toBe("WAIT");
  });

  it("keep the records of those that wait, however old, and clear up those that have ended", async () => {
    accept("ended");
    (await calls.begun(1)).succeed();
    await queue.idle();
    const release = queue.hold();
    accept("waiting");
    clock.advance(20 * 86_400_000);
    queue.together(() => {
      for (let count = 0; count < 10; count += 1) accept(`later-${count}`);
    });
    expect([statusOf("ended"), statusOf("waiting")]).toEqual([undefined, "WAIT"]);
    release();
  });
});

it("nothing begins or grows old while the queue is held", async () => {
  settings({ maxAge: 10 });
  const release = queue.hold();
  const another = queue.hold();
  accept("one");
  for (let step = 0; step < 3; step += 1) {
    clock.advance(3_600_000);
    await turns();
  }
  expect([statusOf("one"), calls.all]).toEqual(["WAIT", []]);
  release();
  release();
  await turns();
  expect(calls.all).toEqual([]);
  another();
  (await calls.begun(1)).succeed();
  await queue.idle();
  expect(statusOf("one")).toBe("SUCCESS");
});

it("a run counts as of when it was due, if the clock was moved past that before it could begin", async () => {
  accept("before");
  clock.advance(86_400_000);
  accept("after");
  await calls.begun(2);
  const booked = bookedTimes(app.store);
  expect([...booked]).toEqual([["before", new Date("2026-03-02T10:00:00Z")]]);
  for (const call of calls.all) call.succeed();
  await queue.idle();
  expect(booked.size).toBe(0);
});

it("many that are too old are discarded together", async () => {
  settings({ maxAge: 10 });
  newQueue({ concurrency: 1 }).start();
  for (let count = 0; count < 1200; count += 1) accept(`request-${count}`);
  await calls.begun(1);
  const before = app.store.changes;
  clock.advance(10_000);
  expect([queue.pending(), app.store.changes - before]).toEqual([1, 3]);
});

it("a failing store loses nothing", async () => {
  accept("one");
  const call = await calls.begun(1);
  const { write } = app.store;
  app.store.write = () => {
    throw new Error("disk full");
  };
  call.succeed();
  await queue.idle();
  app.store.write = write;
  expect(logged).toEqual([
    "An asynchronous request could not be looked after; it is tried again. Error: disk full",
  ]);
  clock.advance(1000);
  (await calls.begun(2)).succeed();
  await queue.idle();
  expect(statusOf("one")).toBe("SUCCESS");
});

describe("cancelling", () => {
  it("keeps a waiting request from starting", async () => {
    newQueue({ concurrency: 1 }).start();
    accept("one");
    accept("two");
    const call = await calls.begun(1);
    expect((await cancel("two")).status).toBe(200);
    call.succeed();
    await queue.idle();
    expect([calls.ids, queue.pending(), documentsLeft()]).toEqual([["one"], 0, 0]);
    expect(stateOf("two")).toMatchObject({ status: "FAIL", errorCode: 4208, cancelled: "unspecified" });
  });

  it.each([undefined, "force", "recursive"] as const)("with %s aborts a running call", async (type) => {
    accept("one");
    const { input } = await calls.begun(1);
    await cancel("one", type);
    expect(input.signal?.aborted).toBe(true);
    await queue.idle();
    expect(stateOf("one")).toMatchObject({
      status: "FAIL",
      errorCode: 4208,
      cancelled: type ?? "unspecified",
    });
    clock.advance(60_000);
    await queue.idle();
    expect(calls.all).toHaveLength(1);
  });

  it("drops a result that comes late", async () => {
    let succeed = (): void => undefined;
    newQueue({
      invoke: async (input) => {
        await new Promise<void>((resolve) => {
          succeed = resolve;
        });
        return calls.invoke(input);
      },
    }).start();
    accept("one");
    await turns();
    await cancel("one", "force");
    succeed();
    (await calls.begun(1)).succeed('"late"');
    await queue.idle();
    expect(stateOf("one")).toMatchObject({ status: "FAIL", errorCode: 4208 });
  });

  it("takes a request out of its pause", async () => {
    accept("one");
    (await calls.begun(1)).fail(broken);
    await queue.idle();
    await cancel("one");
    clock.advance(60_000);
    await queue.idle();
    expect([calls.all.length, queue.pending(), statusOf("one")]).toEqual([1, 0, "FAIL"]);
  });
});

it("every state can be listed with its filter", async () => {
  settings({ maxAge: 30 });
  newQueue({ concurrency: 3 }).start();
  for (const id of ["good", "bad", "busy", "old"]) accept(id);
  await calls.begun(3);
  clock.advance(30_000);
  (await calls.begun(1)).succeed();
  (await calls.begun(2)).fail(4010, "call invoke timeout 30s");
  await turns();
  newQueue({ concurrency: 1 }).start();
  settings({});
  accept("new");
  await calls.begun(1);
  const list = async (query: Record<string, string>) => {
    const given = { path: { function_urn: "hello-orders" }, query };
    const { body } = await perform(app, ada, "listAsyncInvocations", listAsyncInvocations, given);
    return body.invocations?.map(({ request_id, error_code }) => `${request_id} ${error_code}`);
  };
  expect(await list({ status: "SUCCESS" })).toEqual(["good 0"]);
  expect(await list({ status: "FAIL" })).toEqual(["bad 4010"]);
  expect(await list({ status: "DISCARD" })).toEqual(["old 150430"]);
  expect(await list({ status: "RUNNING" })).toEqual(["busy 0"]);
  expect(await list({ status: "WAIT" })).toEqual(["new 0"]);
  expect(await list({ request_id: "bad", query_begin_time: "2026-03-02T10:00:00" })).toEqual(["bad 4010"]);
  expect(await list({ query_begin_time: "2026-03-02T10:00:30" })).toEqual(["new 0"]);
});

it("runs thousands in their order, each once", async () => {
  const seen: string[] = [];
  newQueue({
    concurrency: 8,
    invoke: (input) => {
      seen.push(input.requestId);
      const result = calls.invoke(input);
      setImmediate(() => calls.all.at(seen.indexOf(input.requestId))?.succeed());
      return result;
    },
  }).start();
  const ids = Array.from({ length: 1000 }, (_, index) => `request-${index}`);
  for (const id of ids) accept(id);
  await queue.idle();
  expect(seen).toEqual(ids);
  expect([queue.pending(), documentsLeft()]).toEqual([0, 0]);
});
