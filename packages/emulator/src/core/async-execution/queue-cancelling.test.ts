import { beforeEach, describe, expect, it } from "vitest";
import {
  accept,
  broken,
  calls,
  cancel,
  clock,
  documentsLeft,
  freshQueue,
  newQueue,
  queue,
  stateOf,
  statusOf,
  turns,
} from "../../../test/support/queue-bench.ts";

beforeEach(freshQueue);

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
