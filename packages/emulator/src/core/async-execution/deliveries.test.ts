import { readFileSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AsyncDestinationPayload, FuncAsyncDestinationConfig } from "@functiongraph/types";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AsyncCalls } from "../../../test/support/async-calls.ts";
import { ada, addLocalFunction, type LocalApp, localApp } from "../../../test/support/local-app.ts";
import type { ControlledClock } from "../controlled-clock.ts";
import { setAsyncConfig } from "./async-config.ts";
import { cancelInvocation } from "./cancel-invocation.ts";
import { type AsyncQueueOptions, createAsyncQueue, type StoredAsyncQueue } from "./create-queue.ts";
import { findAsyncInvocation } from "./find-invocation.ts";
import { deliveries } from "./queue-records.ts";

const base = `urn:fss:eu-de:${ada.projectId}:function:default`;
const obs = { destination: "OBS", param: '{"bucket":"example-orders","prefix":"done/","expires":30}' };
const topic = `urn:smn:eu-de:${ada.projectId}:orders`;
const smn = { destination: "SMN", param: JSON.stringify({ topic_urn: topic }) };
const dis = { destination: "DIS", param: '{"stream_name":"orders"}' };
const fg = (name: string) => ({
  destination: "FunctionGraph",
  param: JSON.stringify({ func_urn: `${base}:${name}` }),
});

let app: LocalApp;
let clock: ControlledClock;
let calls: AsyncCalls;
let queue: StoredAsyncQueue;
let folder: string;
let server: Server | undefined;
let logged: string[];

function newQueue(destinations: AsyncQueueOptions["destinations"] = {}): StoredAsyncQueue {
  calls = new AsyncCalls(() => app.clock.now());
  queue = createAsyncQueue(app, {
    invoke: calls.invoke,
    destinations,
    log: (text, { target, reason }) => logged.push(`${text} ${target}: ${reason}`),
  });
  return queue;
}

function targets(destinations: FuncAsyncDestinationConfig, urn = "hello-orders"): void {
  setAsyncConfig(app, ada, urn, { maxAge: 3600, maxRetries: 1, statusLog: true, destinations });
}

const accept = (requestId: string, event: unknown = { name: "Ada" }, urn = "hello-orders") =>
  queue.accept({ projectId: ada.projectId, urn, event: Buffer.from(JSON.stringify(event)), requestId });
const cancel = (requestId: string, type: "force" | "recursive") => {
  for (const record of cancelInvocation(app, ada, "hello-orders", requestId, type))
    queue.cancelled(ada.projectId, record);
};
const statusOf = (id: string) =>
  app.store.read((tx) => findAsyncInvocation(tx, ada.projectId, id)?.record.status);
const left = (): number => app.store.read((tx) => tx.count(deliveries, ada.projectId));
const objects = async (): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
};

interface Received {
  readonly request: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** A server that answers with the statuses in turn, and with 200 when there are no more. */
async function listen(received: Received[], statuses: number[] = []): Promise<string> {
  const made = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    received.push({ request: `${request.method} ${request.url}`, headers: request.headers, body });
    response.writeHead(statuses.shift() ?? 200, { location: "http://127.0.0.1:1/" }).end();
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address with one.
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}`;
}

beforeEach(async () => {
  app = localApp();
  // It is one, behind the type of the app.
  clock = app.clock as ControlledClock;
  logged = [];
  folder = await mkdtemp(join(tmpdir(), "async-deliveries-"));
  for (const func_name of ["hello-orders", "resize-image", "third"])
    await addLocalFunction(app, ada, { func_name });
});

afterEach(async () => {
  await queue.close();
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  await rm(folder, { recursive: true, force: true });
});

describe("the payload", () => {
  const document: { components: { schemas: Record<string, object> } } = JSON.parse(
    readFileSync(new URL("../../../../../spec/dist/openapi.json", import.meta.url), "utf8"),
  );
  const validate = new Ajv2020({ strict: false, formats: { int32: true } })
    .addSchema({ $id: "spec", components: document.components })
    .compile({ $ref: "spec#/components/schemas/AsyncDestinationPayload" });

  async function payloadAfter(
    end: (call: Awaited<ReturnType<AsyncCalls["begun"]>>) => void,
  ): Promise<AsyncDestinationPayload> {
    const received: Received[] = [];
    newQueue({ notifications: await listen(received) }).start();
    targets({ on_success: smn, on_failure: smn });
    accept("one");
    end(await calls.begun(1));
    await queue.idle();
    // A topic gets the subject and the message.
    const { message }: { message: string } = JSON.parse(received[0]?.body ?? "{}");
    const payload: AsyncDestinationPayload = JSON.parse(message);
    expect([validate(payload), validate.errors]).toEqual([true, null]);
    return payload;
  }

  const context = {
    request_id: "one",
    function_urn: `${base}:hello-orders:latest`,
    approximate_invoke_count: 0,
  };
  const common = { timestamp: "2026-03-02T10:00:00.000+00:00", request_payload: '{"name":"Ada"}' };

  it("of a success", async () => {
    expect(await payloadAfter((call) => call.succeed('{"greeting":"Hello, Ada!"}'))).toEqual({
      ...common,
      request_context: { ...context, condition: "" },
      response_context: { status_code: 200, function_error: "" },
      response_payload: '{"greeting":"Hello, Ada!"}',
    });
  });

  it("of an error of the function", async () => {
    expect(await payloadAfter((call) => call.fail(4002, "boom"))).toEqual({
      ...common,
      request_context: { ...context, condition: "UnhandledInvocationError" },
      response_context: { status_code: 500, function_error: "" },
      response_payload: '{"errorMessage":"boom","errorType":"Error"}',
    });
  });

  it("of a result of more than 256 KB is empty", async () => {
    const most = 256 * 1024;
    expect((await payloadAfter((call) => call.succeed("x".repeat(most + 1)))).response_payload).toBe("");
    server?.close();
    expect((await payloadAfter((call) => call.succeed("x".repeat(most)))).response_payload).toHaveLength(
      most,
    );
  });

  it("of a cancelled request", async () => {
    const { request_context, response_payload } = await payloadAfter(() => cancel("one", "force"));
    expect(request_context.condition).toBe("InvocationCanceled");
    expect(JSON.parse(response_payload)).toEqual({
      errorMessage: "function invocation canceled",
      errorType: "InvocationCanceled",
    });
  });

  it("of a request that was tried again and one that was given up", async () => {
    const received: Received[] = [];
    const notifications = await listen(received);
    newQueue({ notifications }).start();
    targets({ on_success: smn, on_failure: smn });
    accept("tried");
    (await calls.begun(1)).fail(161900);
    await queue.idle();
    clock.advance(1000);
    (await calls.begun(2)).fail(161900);
    await queue.idle();
    await queue.close();
    accept("old");
    clock.advance(3_600_000);
    newQueue({ notifications }).start();
    await queue.idle();
    const contexts = received.map(({ body }) => JSON.parse(JSON.parse(body).message).request_context);
    expect(contexts).toMatchObject([
      { request_id: "tried", condition: "SystemError", approximate_invoke_count: 2 },
      { request_id: "old", condition: "EventAgeExceeded", approximate_invoke_count: 0 },
    ]);
  });
});

describe("OBS", () => {
  const objectOfOne = "done/hello-orders/2026-03-02/one.json";

  async function run(destinations: AsyncQueueOptions["destinations"]): Promise<void> {
    newQueue(destinations).start();
    targets({ on_success: obs });
    accept("one");
    (await calls.begun(1)).succeed('"done"');
    await queue.idle();
  }

  it("gets an object in a bucket below the folder", async () => {
    await run({ objectStorage: folder });
    expect(await objects()).toEqual([`example-orders/${objectOfOne}`]);
    const content = await readFile(join(folder, "example-orders", objectOfOne), "utf8");
    expect(JSON.parse(content)).toMatchObject({
      request_context: { request_id: "one" },
      response_payload: '"done"',
    });
    expect([left(), logged]).toEqual([0, []]);
  });

  it.each([
    "example-orders",
    "https://example-orders.obs.eu-de.otc.t-systems.com/",
    "https://obs.eu-de.otc.t-systems.com/example-orders/",
  ])("gets an object in the folder of %s", async (bucket) => {
    await run({
      objectStorage: new Map([
        ["other", "/nowhere"],
        [bucket, folder],
      ]),
    });
    expect(await objects()).toEqual([objectOfOne]);
  });

  it("gets an object by PUT where the bucket is an address", async () => {
    const received: Received[] = [];
    await run({ objectStorage: new Map([["example-orders", `${await listen(received)}/bucket/`]]) });
    expect(received).toMatchObject([
      { request: `PUT /bucket/${objectOfOne}`, headers: { "x-obs-expires": "30" } },
    ]);
  });

  it.each(["../", "a/../../b/", "a\\b/", "a\0b/"])("never leaves its folder: prefix %j", async (prefix) => {
    newQueue({ objectStorage: folder }).start();
    targets({
      on_success: { destination: "OBS", param: JSON.stringify({ bucket: "example-orders", prefix }) },
    });
    accept("one");
    (await calls.begun(1)).succeed();
    await queue.idle();
    expect([await objects(), left(), logged.length, statusOf("one")]).toEqual([[], 0, 1, "SUCCESS"]);
  });

  it("never follows a link out of its folder", async () => {
    const outside = await mkdtemp(join(tmpdir(), "async-outside-"));
    await symlink(outside, join(folder, "done"));
    await run({ objectStorage: new Map([["example-orders", folder]]) });
    expect(await readdir(outside)).toEqual([]);
    expect(logged).toEqual([expect.stringContaining("a link in the bucket's folder leads out of it")]);
    await rm(outside, { recursive: true });
  });
});

describe("SMN and DIS", () => {
  it("get what their own services take", async () => {
    const received: Received[] = [];
    const address = await listen(received);
    newQueue({ notifications: `${address}/smn/`, streams: `${address}/dis` }).start();
    targets({ on_success: smn, on_failure: dis });
    accept("one");
    (await calls.begun(1)).succeed();
    await queue.idle();
    accept("two");
    (await calls.begun(2)).fail(4002);
    await queue.idle();
    const [first, second] = received;
    expect(first?.request).toBe(
      `POST /smn/v2/${ada.projectId}/notifications/topics/${encodeURIComponent(topic)}/publish`,
    );
    expect(JSON.parse(first?.body ?? "")).toEqual({
      subject: "FunctionGraph: hello-orders",
      message: expect.stringContaining('"request_id":"one"'),
    });
    expect(second?.request).toBe(`POST /dis/v2/${ada.projectId}/records`);
    const { stream_name, records } = JSON.parse(second?.body ?? "");
    expect([stream_name, records[0].partition_key]).toEqual(["orders", "two"]);
    expect(JSON.parse(Buffer.from(records[0].data, "base64").toString()).request_context.request_id).toBe(
      "two",
    );
  });

  it("are tried again after growing pauses, also after a restart, and then given up", async () => {
    const received: Received[] = [];
    const notifications = await listen(received, [500, 503, 302, 500, 404]);
    newQueue({ notifications }).start();
    targets({ on_success: smn });
    accept("one");
    (await calls.begun(1)).succeed();
    await queue.idle();
    for (const [attempts, seconds] of [
      [1, 1],
      [2, 2],
      [3, 4],
      [4, 8],
    ] as const) {
      expect([received.length, left()]).toEqual([attempts, 1]);
      if (attempts === 2) {
        await queue.close();
        newQueue({ notifications }).start();
      }
      clock.advance(seconds * 1000 - 1);
      await queue.idle();
      expect(received).toHaveLength(attempts);
      clock.advance(1);
      await queue.idle();
    }
    expect([received.length, left(), statusOf("one")]).toEqual([5, 0, "SUCCESS"]);
    expect(logged).toEqual([expect.stringMatching(/not delivered\. SMN: .* status 404/)]);
  });

  it.each([
    [smn, {}, "no address is configured for SMN"],
    [dis, {}, "no address is configured for DIS"],
    [obs, {}, "no folder is configured for the bucket example-orders"],
    [smn, { notifications: "http://192.0.2.1:80" }, "is none of this machine"],
    [smn, { notifications: "http://localhost.example.com" }, "is none of this machine"],
    [fg("nobody"), {}, "Not found the function"],
    [fg("server"), {}, "an HTTP function cannot be run asynchronously"],
    [
      { destination: "FunctionGraph", param: '{"func_urn":"urn:fss:eu-de:other:function:default:a"}' },
      {},
      "",
    ],
  ])("are told of once when nothing can be done: %o", async (target, places, want) => {
    await addLocalFunction(app, ada, { func_name: "server", runtime: "http", handler: "bootstrap" });
    newQueue(places).start();
    targets({ on_success: target });
    for (const [place, id] of ["one", "two"].entries()) {
      accept(id);
      (await calls.begun(place + 1)).succeed();
      await queue.idle();
      expect([statusOf(id), left()]).toEqual(["SUCCESS", 0]);
    }
    expect(logged).toEqual([expect.stringContaining(want)]);
  });
});

it("a delivery that did not happen before the end happens after the next start", async () => {
  newQueue({ objectStorage: folder });
  targets({ on_failure: obs });
  accept("one");
  cancel("one", "force");
  expect([await objects(), left()]).toEqual([[], 1]);
  newQueue({ objectStorage: folder }).start();
  await queue.idle();
  expect([(await objects()).length, left()]).toEqual([1, 0]);
});

describe("FunctionGraph", () => {
  it("runs the function with the notification, which may be larger than other events", async () => {
    newQueue().start();
    targets({ on_success: fg("resize-image") });
    accept("one", "x".repeat(200_000));
    (await calls.begun(1)).succeed("y".repeat(200_000));
    const { event, input } = await calls.begun(2);
    expect(input.urn).toBe(`${base}:resize-image:latest`);
    const payload: AsyncDestinationPayload = JSON.parse(event);
    expect(payload.request_context.request_id).toBe("one");
    expect(payload.response_payload).toHaveLength(200_000);
    expect([statusOf("one"), statusOf(input.requestId), left()]).toEqual(["SUCCESS", "RUNNING", 0]);
    calls.all[1]?.succeed();
    await queue.idle();
    expect(calls.all).toHaveLength(2);
  });

  it("waits for a disabled function for a while", async () => {
    newQueue().start();
    const concurrency = (value: number) => ({ strategy_config: { concurrency: value } });
    await addLocalFunction(app, ada, { func_name: "disabled", ...concurrency(0) });
    targets({ on_success: fg("disabled") });
    accept("one");
    (await calls.begun(1)).succeed();
    await queue.idle();
    expect([calls.all.length, left(), logged]).toEqual([1, 1, []]);
  });

  it("ends a circle of functions", async () => {
    newQueue().start();
    targets({ on_success: fg("resize-image") });
    targets({ on_success: fg("hello-orders") }, "resize-image");
    accept("one");
    for (let count = 1; count <= 17; count += 1) (await calls.begun(count)).succeed();
    await queue.idle();
    expect(calls.all).toHaveLength(17);
    expect(logged).toEqual([expect.stringContaining("do not let functions be each other's target")]);
  });

  it("is cancelled with what caused it, however far away", async () => {
    newQueue().start();
    targets({ on_success: fg("resize-image") });
    targets({ on_success: fg("third"), on_failure: fg("third") }, "resize-image");
    targets({ on_failure: fg("resize-image") }, "third");
    accept("one");
    accept("other");
    (await calls.begun(1)).succeed();
    (await calls.begun(2)).succeed();
    await calls.begun(4);
    const child = calls.all.slice(2).find(({ event }) => event.includes('"request_id":"one"'));
    child?.succeed();
    const grandchild = await calls.begun(5);
    cancel("one", "force");
    expect(grandchild.input.signal?.aborted).toBe(false);
    cancel("one", "recursive");
    expect(calls.all.map(({ input }) => input.signal?.aborted)).toEqual([false, false, false, false, true]);
    expect([statusOf("one"), statusOf(grandchild.input.requestId)]).toEqual(["SUCCESS", "FAIL"]);
    calls.all
      .slice(2, 4)
      .find((call) => call !== child)
      ?.succeed();
    // The other one's goes on; of the cancelled ones nothing follows.
    (await calls.begun(6)).succeed();
    await queue.idle();
    expect([calls.all.length, queue.pending(), left()]).toEqual([6, 0, 0]);
  });

  it("is not called any more when its cause was cancelled with all that follows", async () => {
    newQueue();
    targets({ on_success: fg("resize-image"), on_failure: fg("resize-image") });
    accept("one");
    cancel("one", "force");
    accept("two");
    cancel("two", "recursive");
    expect(left()).toBe(1);
    cancel("one", "recursive");
    expect(left()).toBe(0);
  });
});
