import { beforeEach, describe, expect, it } from "vitest";
import { ada, forgetLocalFunction } from "../../../test/support/local-app.ts";
import {
  accept,
  app,
  base,
  broken,
  calls,
  clock,
  documentsLeft,
  freshQueue,
  logged,
  newQueue,
  queue,
  settings,
  statusOf,
  turns,
} from "../../../test/support/queue-bench.ts";
import { functionKey, functions } from "../functions/records.ts";

beforeEach(freshQueue);

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
