import { setTimeout } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import {
  ada,
  addLocalAlias,
  addLocalFunction,
  addLocalVersion,
  bob,
} from "../../../test/support/local-app.ts";
import { perform } from "../../../test/support/perform.ts";
import {
  accept,
  app,
  base,
  broken,
  calls,
  clock,
  documentsLeft,
  freshQueue,
  full,
  logged,
  newQueue,
  queue,
  settings,
  stateOf,
  statusOf,
  turns,
} from "../../../test/support/queue-bench.ts";
import { listAsyncInvocations } from "../../api/async-execution.ts";
import { aliases, aliasKey } from "../functions/records.ts";
import { bookedTimes } from "../journal/booked-times.ts";

beforeEach(freshQueue);

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
    ["small, in one document with the request,", 1024, 1],
    ["larger, in a document of its own,", 1025, 2],
  ])(
    "keeps an event that is %s through a restart, and nothing of it after the end",
    async (_, size, documents) => {
      const event = Buffer.from(JSON.stringify("x".repeat(size - 2)));
      await queue.close();
      accept("one", { event });
      expect(documentsLeft()).toBe(documents);
      newQueue().start();
      const first = await calls.begun(1);
      first.fail(broken);
      await queue.idle();
      clock.advance(1000);
      const second = await calls.begun(2);
      second.succeed();
      expect([first, second].map(({ input }) => Buffer.from(input.event))).toEqual([event, event]);
      await queue.idle();
      expect([statusOf("one"), documentsLeft()]).toEqual(["SUCCESS", 0]);
    },
  );

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
    newQueue();
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
  (await calls.begun(1)).throw(full);
  await turns();
  const before = app.store.changes;
  clock.advance(10_000);
  expect([queue.pending(), app.store.changes - before]).toEqual([0, 3]);
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

it("every state can be listed with its filter", async () => {
  settings({ maxAge: 30 });
  newQueue({ concurrency: 3 }).start();
  for (const id of ["good", "bad", "busy"]) accept(id);
  settings({ maxAge: 0.02 });
  accept("old");
  await calls.begun(3);
  await setTimeout(25);
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

it("lists requests in the order of their arrival, also of one moment", async () => {
  const ids = ["e", "a", "f", "b", "d", "c"];
  for (const id of ids) accept(id);
  const given = { path: { function_urn: "hello-orders" } };
  const { body } = await perform(app, ada, "listAsyncInvocations", listAsyncInvocations, given);
  expect(body.invocations?.map(({ request_id }) => request_id)).toEqual(ids);
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
