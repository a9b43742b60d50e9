import { afterEach, expect, test } from "vitest";
import { type LocalServer, localServer, type Reply } from "../../test/support/local-server.ts";
import { manualClock } from "../../test/support/manual-clock.ts";
import { createFunctionGraph } from "../create-function-graph.ts";
import { waitForAsyncInvocation, waitForReservedInstances } from "./index.ts";

let server: LocalServer | undefined;
afterEach(() => server?.close());

const projectId = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";
const function_urn = `urn:fss:eu-de:${projectId}:function:default:hello-orders`;
const request_id = "c0ffee00-5678-4abc-9def-0123456789ab";

/** A service that gives one answer after the other, the last of them for good, and moves the clock on whoever waits for the next. */
async function service(...replies: Reply[]) {
  const clock = manualClock("2026-03-02T09:40:00Z");
  const made = await localServer(() => (replies.length > 1 ? replies.shift() : replies[0]));
  server = made;
  const fg = createFunctionGraph({
    endpoint: made.url,
    projectId,
    credentials: { token: "EXAMPLE-TOKEN" },
    maxRetries: 0,
  });
  return { server: made, clock, fg };
}

/** Lets the clock run as far as the waiter wants to sleep, until the wait is over. */
async function withClock<T>(clock: ReturnType<typeof manualClock>, wait: Promise<T>): Promise<T> {
  let isOver = false;
  wait.then(
    () => {
      isOver = true;
    },
    () => {
      isOver = true;
    },
  );
  while (!isOver) {
    // One timer is the end of the wait, the other that of a pause.
    const [pause] = clock.waiting.length > 1 ? [...clock.waiting].sort((a, b) => a - b) : [];
    if (pause) await clock.advance(pause);
    else await new Promise(setImmediate);
  }
  return wait;
}

const records = (status?: string): Reply => ({
  body: {
    invocations: status
      ? [
          { request_id: "another", status: "FAIL" },
          { request_id, status, error_code: 0 },
        ]
      : [],
    count: 1,
    next_marker: 1,
  },
});

test.each(["SUCCESS", "FAIL", "DISCARD"])(
  "an asynchronous request is waited for until it is at %s",
  async (status) => {
    const { server, clock, fg } = await service(
      records(),
      records("WAIT"),
      records("RUNNING"),
      records(status),
    );
    const wait = waitForAsyncInvocation(fg, { function_urn, request_id }, { clock, interval: 1000 });
    expect(await withClock(clock, wait)).toEqual({ request_id, status, error_code: 0 });
    expect(server.received.map(({ method, path }) => `${method} ${path}`)).toEqual(
      Array(4).fill(
        `GET /v2/${projectId}/fgs/functions/${function_urn}/async-invocations?request_id=${request_id}&query_begin_time=2026-03-02T08%3A40%3A00`,
      ),
    );
    expect(clock.now()).toBe(Date.parse("2026-03-02T09:40:03Z"));
    expect(clock.waiting).toEqual([]);
  },
);

const counts = (count?: number, urn = `${function_urn}:latest`): Reply => ({
  body: {
    reservedinstances:
      count === undefined
        ? []
        : [
            { func_urn: `${function_urn}:v9`, count: 9 },
            { func_urn: urn, count },
          ],
  },
});

test.each<[string, number, Reply[], number]>([
  ["there are as many", 2, [counts(), counts(1), counts(2)], 2],
  ["there are more, which policies ask for", 2, [counts(0), counts(5)], 5],
  ["there are none left", 0, [counts(2), counts(1), counts()], 0],
])("reserved instances are waited for until %s", async (_what, count, replies, want) => {
  const { server, clock, fg } = await service(...replies);
  expect(await withClock(clock, waitForReservedInstances(fg, { function_urn, count }, { clock }))).toBe(want);
  expect(server.received[0]?.path).toBe(
    `/v2/${projectId}/fgs/functions/reservedinstances?urn=${encodeURIComponent(function_urn)}`,
  );
});

test("those of an alias or a version are not mistaken for others", async () => {
  const urn = `${function_urn}:!prod`;
  const { clock, fg } = await service(counts(3, urn));
  expect(
    await withClock(clock, waitForReservedInstances(fg, { function_urn: urn, count: 1 }, { clock })),
  ).toBe(3);
});

test.each<[string, Reply, string]>([
  ["never recorded", records(), "the request is not on record; is enable_async_status_log on?"],
  ["still running", records("RUNNING"), "RUNNING"],
])("a request that is %s when time runs out is a TimeoutError that says so", async (_what, reply, state) => {
  const { clock, fg } = await service(reply);
  const wait = waitForAsyncInvocation(
    fg,
    { function_urn, request_id },
    { clock, timeout: 10_000, interval: 3000 },
  );
  await expect(withClock(clock, wait)).rejects.toMatchObject({
    name: "TimeoutError",
    operation: "waitForAsyncInvocation",
    timeout: 10_000,
    cause: { message: `The last state was: ${state}.` },
  });
});

test("a question that is never answered ends with the time", async () => {
  const clock = manualClock();
  let asked = () => {};
  const question = new Promise<void>((resolve) => {
    asked = resolve;
  });
  server = await localServer(() => {
    asked();
    return undefined;
  });
  const fg = createFunctionGraph({ endpoint: server.url, projectId, credentials: { token: "T" } });
  const wait = waitForReservedInstances(fg, { function_urn, count: 1 }, { clock, timeout: 1000 });
  await question;
  await Promise.all([
    expect(wait).rejects.toMatchObject({ name: "TimeoutError", timeout: 1000 }),
    clock.advance(1000),
  ]);
});

test("a signal ends the wait with an AbortError", async () => {
  const { clock, fg } = await service(records("RUNNING"));
  const controller = new AbortController();
  const wait = waitForAsyncInvocation(fg, { function_urn, request_id }, { clock, signal: controller.signal });
  controller.abort("enough");
  await expect(wait).rejects.toMatchObject({
    name: "AbortError",
    operation: "waitForAsyncInvocation",
    cause: "enough",
  });
});

test("a failure that may pass is waited out", async () => {
  const busy = { status: 503, body: { error_code: "FSS.0500", error_msg: "busy" } };
  const { clock, fg } = await service(busy, records("SUCCESS"));
  expect(
    await withClock(clock, waitForAsyncInvocation(fg, { function_urn, request_id }, { clock })),
  ).toMatchObject({ status: "SUCCESS" });
});

test("any other failure ends the wait", async () => {
  const { clock, fg } = await service({
    status: 404,
    body: { error_code: "FSS.1051", error_msg: "Not found the function." },
  });
  const wait = waitForAsyncInvocation(fg, { function_urn, request_id }, { clock });
  await expect(wait).rejects.toMatchObject({ name: "FunctionGraphError", status: 404, code: "FSS.1051" });
});
