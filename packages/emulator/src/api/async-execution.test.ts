import { beforeEach, describe, expect, it } from "vitest";
import {
  ada,
  addLocalAlias,
  addLocalFunction,
  addLocalVersion,
  bob,
  forgetLocalFunction,
  type LocalApp,
  localApp,
} from "../../test/support/local-app.ts";
import { perform } from "../../test/support/perform.ts";
import { findAsyncInvocation } from "../core/async-execution/find-invocation.ts";
import {
  type AsyncChange,
  type AsyncRequest,
  asyncInvocationKeys,
  asyncInvocations,
  recordAsyncRequest,
  recordAsyncStatus,
} from "../core/async-execution/invocation-records.ts";
import {
  cancelAsyncInvocation,
  deleteFunctionAsyncInvokeConfig,
  listAsyncInvocations,
  listFunctionAsyncInvokeConfig,
  showFunctionAsyncInvokeConfig,
  updateFunctionAsyncInvokeConfig,
} from "./async-execution.ts";
import { showFunctionConfig } from "./functions.ts";

const base = `urn:fss:eu-de:${ada.projectId}:function:default:hello-orders`;
const obs = { destination: "OBS", param: '{"bucket":"example-orders","prefix":"done/","expires":30}' };
const smn = { destination: "SMN", param: `{"topic_urn":"urn:smn:eu-de:${ada.projectId}:orders"}` };

let app: LocalApp;
const path = (function_urn = "hello-orders") => ({ path: { function_urn } });
const set = (body: object, urn?: string) =>
  perform(app, ada, "updateFunctionAsyncInvokeConfig", updateFunctionAsyncInvokeConfig, {
    ...path(urn),
    body,
  });
const show = (urn?: string) =>
  perform(app, ada, "showFunctionAsyncInvokeConfig", showFunctionAsyncInvokeConfig, path(urn));
const remove = (urn?: string) =>
  perform(app, ada, "deleteFunctionAsyncInvokeConfig", deleteFunctionAsyncInvokeConfig, path(urn));
const list = (query: Record<string, string> = {}, urn?: string) =>
  perform(app, ada, "listFunctionAsyncInvokeConfig", listFunctionAsyncInvokeConfig, { ...path(urn), query });
const records = (query: Record<string, string> = {}, urn?: string) =>
  perform(app, ada, "listAsyncInvocations", listAsyncInvocations, { ...path(urn), query });
const cancel = (body: object, urn?: string, caller = ada) =>
  perform(app, caller, "cancelAsyncInvocation", cancelAsyncInvocation, { ...path(urn), body });

const missing = [
  ["nobody", "FSS.1051"],
  [`${base}:v9`, "FSS.1052"],
  [`${base}:!none`, "FSS.1053"],
  ["a:b:c:d:e", "FSS.1309"],
] as const;

beforeEach(async () => {
  app = localApp();
  await addLocalFunction(app, ada);
  await addLocalFunction(app, ada, { func_name: "resize-image" });
  for (const version of ["v1", "v2"]) addLocalVersion(app, ada, "hello-orders", version);
  addLocalAlias(app, ada, "hello-orders", "prod", "v1");
});

describe("asynchronous settings", () => {
  it("have defaults and keep the time of their making", async () => {
    const made = { created_time: "2026-03-02T10:00:00+00:00", last_modified: "2026-03-02T10:00:00+00:00" };
    const defaults = {
      max_async_event_age_in_seconds: 3600,
      max_async_retry_attempts: 1,
      destination_config: {},
      enable_async_status_log: false,
    };
    expect((await set({})).body).toEqual({ func_urn: `${base}:latest`, ...defaults, ...made });
    app.setTime("2026-03-02T10:05:00Z");
    const body = {
      max_async_event_age_in_seconds: 60,
      max_async_retry_attempts: 0,
      destination_config: { on_success: obs, on_failure: smn },
      enable_async_status_log: true,
    };
    const changed = {
      func_urn: `${base}:latest`,
      ...body,
      created_time: made.created_time,
      last_modified: "2026-03-02T10:05:00+00:00",
    };
    expect((await set(body)).body).toEqual(changed);
    expect((await show()).body).toEqual(changed);
  });

  it("belong to the version that the URN names, through an alias too", async () => {
    await set({}, `${base}:!prod`);
    expect((await show(`${base}:v1`)).body.func_urn).toBe(`${base}:v1`);
    expect((await show()).error).toMatch(/^FSS.0404 .*latest/);
  });

  it("stand in the function's configuration, where there are any", async () => {
    const configuration = () => perform(app, ada, "showFunctionConfig", showFunctionConfig, path());
    expect((await configuration()).body).not.toHaveProperty("function_async_config");
    await set({ max_async_event_age_in_seconds: 60 });
    expect((await configuration()).body.function_async_config).toMatchObject({
      max_async_event_age_in_seconds: 60,
      max_async_retry_attempts: 1,
    });
  });

  it("are listed in pages", async () => {
    await set({});
    await set({}, `${base}:v1`);
    await set({}, `${base}:v2`);
    await set({}, "resize-image");
    expect((await list({ limit: "2" })).body).toMatchObject({
      async_invoke_configs: [{ func_urn: `${base}:latest` }, { func_urn: `${base}:v1` }],
      count: 3,
      page_info: { next_marker: 2, previous_marker: 0, current_count: 2 },
    });
    expect((await list({ limit: "2", marker: "2" })).body).toMatchObject({
      async_invoke_configs: [{ func_urn: `${base}:v2` }],
      page_info: { next_marker: 3, previous_marker: 0 },
    });
    expect((await list({ limit: "0" })).body.page_info?.current_count).toBe(3);
    expect((await list({ limit: "1000" })).body.page_info?.current_count).toBe(3);
    for (const query of [{ limit: "-1" }, { limit: "x" }, { marker: "x" }])
      expect((await list(query as Record<string, string>)).error).toMatch(/^FSS.1001 /);
    expect((await list({}, "nobody")).error).toMatch(/^FSS.1051 /);
    expect((await list({}, `${base}:v9`)).error).toMatch(/^FSS.1051 /);
    expect((await list({}, "a:b:c:d:e")).error).toMatch(/^FSS.1309 /);
  });

  it("are deleted once", async () => {
    await set({});
    expect((await remove()).status).toBe(204);
    expect((await remove()).error).toMatch(/^FSS.0404 /);
    expect((await list()).body).toEqual({
      async_invoke_configs: [],
      count: 0,
      page_info: { next_marker: 0, previous_marker: 0, current_count: 0 },
    });
  });

  it.each(missing)("refuse %s with %s", async (urn, code) => {
    const error = new RegExp(`^${code} `);
    for (const answer of [await set({}, urn), await show(urn), await remove(urn)])
      expect(answer.error).toMatch(error);
  });

  it("have no target where its fields are empty", async () => {
    const { body } = await set({
      destination_config: { on_success: { destination: "", param: "" }, on_failure: {} },
    });
    expect(body.destination_config).toEqual({});
  });

  it.each([
    ["DIS", '{"stream_name":"orders-stream"}'],
    ["FunctionGraph", `{"func_urn":"${base}:latest"}`],
    ["OBS", '{"bucket":"example-orders"}'],
  ])("take the target %s %s", async (destination, param) => {
    expect(
      (await set({ destination_config: { on_failure: { destination, param } } })).body.destination_config,
    ).toEqual({ on_failure: { destination, param } });
  });

  it.each([
    ["Kafka", "{}", /destination must be one of OBS, SMN, DIS, FunctionGraph/],
    ["OBS", "", /param must be a JSON object/],
    ["OBS", "example-orders", /param must be a JSON object/],
    ["OBS", "[]", /param must be a JSON object/],
    ["OBS", "{}", /needs bucket/],
    ["OBS", '{"bucket":"Example Orders"}', /needs bucket/],
    ["OBS", '{"bucket":"example-orders","prefix":1}', /takes prefix/],
    ["OBS", '{"bucket":"example-orders","expires":366}', /expires as a whole number from 0 to 365/],
    ["SMN", '{"topic_urn":"orders"}', /needs topic_urn/],
    ["DIS", '{"bucket":"orders"}', /needs stream_name/],
    ["FunctionGraph", '{"func_urn":"hello-orders"}', /needs func_urn/],
    ["FunctionGraph", '{"func_urn":"urn:fss:eu-de:p:function:default"}', /needs func_urn/],
  ])("refuse the target %s %s", async (destination, param, error) => {
    const answer = await set({ destination_config: { on_success: { destination, param } } });
    expect(answer.error).toMatch(/^FSS.0400 .*destination_config.on_success/);
    expect(answer.error).toMatch(error);
    expect((await show()).status).toBe(404);
  });

  it.each([
    { max_async_retry_attempts: 4 },
    { max_async_event_age_in_seconds: 0 },
    { max_async_event_age_in_seconds: 86401 },
  ])("refuse %o", async (body) => {
    expect((await set(body)).error).toMatch(/^FSS.0400 /);
  });
});

describe("records of asynchronous requests", () => {
  let number = 0;
  const arrive = (at: string, request: Partial<AsyncRequest> = {}): string => {
    const requestId = `c0ffee00-0000-4abc-9def-${String(number++).padStart(12, "0")}`;
    const whole = {
      requestId,
      package: "default",
      name: "hello-orders",
      version: "latest",
      arrivedAt: new Date(at),
      sequence: number,
      listed: true,
      ...request,
    };
    // Found by its ID as one that has left the queue, in which nothing is here.
    app.store.write((tx) =>
      tx.put(asyncInvocationKeys, ada.projectId, requestId, {
        key: recordAsyncRequest(tx, ada.projectId, whole),
      }),
    );
    return requestId;
  };
  const become = (requestId: string, change: AsyncChange, at: string) =>
    app.store.write((tx) => {
      const key = findAsyncInvocation(tx, ada.projectId, requestId)?.key ?? "";
      return recordAsyncStatus(tx, ada.projectId, key, change, new Date(at));
    });
  const ids = async (query: Record<string, string>, urn?: string) =>
    (await records(query, urn)).body.invocations?.map((one) => one.request_id);

  it("show what became of them", async () => {
    const id = arrive("2026-03-02T09:40:00Z");
    const waiting = {
      request_id: id,
      status: "WAIT",
      error_code: 0,
      error_message: "",
      start_time: "2026-03-02T09:40:00",
    };
    expect((await records()).body).toEqual({ invocations: [waiting], count: 1, next_marker: 1 });
    become(id, { status: "RUNNING" }, "2026-03-02T09:40:00Z");
    become(id, { status: "SUCCESS" }, "2026-03-02T09:40:01Z");
    expect((await records()).body.invocations).toEqual([
      { ...waiting, status: "SUCCESS", end_time: "2026-03-02T09:40:01" },
    ]);
    become(id, { status: "FAIL" }, "2026-03-02T09:40:02Z");
    expect((await records()).body.invocations?.[0]?.status).toBe("SUCCESS");
  });

  it("are those of the last hour unless a time is given", async () => {
    const early = arrive("2026-03-02T08:30:00Z");
    const late = arrive("2026-03-02T09:30:00Z");
    expect(await ids({})).toEqual([late]);
    expect(await ids({ query_begin_time: "2026-03-02T08:00:00" })).toEqual([early, late]);
    expect(
      await ids({ query_begin_time: "2026-03-02T08:00:00.000Z", query_end_time: "2026-03-02T09:00:00.000Z" }),
    ).toEqual([early]);
    expect(await ids({ query_end_time: "2026-03-02T08:30:00" })).toEqual([early]);
  });

  it("are narrowed by request, state and version, and come in pages", async () => {
    const first = arrive("2026-03-02T09:40:00Z");
    const second = arrive("2026-03-02T09:45:00Z", { version: "v1" });
    become(
      second,
      { status: "FAIL", errorCode: 4002, errorMessage: "function invocation exception, error: 'key'" },
      "2026-03-02T09:45:02Z",
    );
    expect(await ids({ request_id: second })).toEqual([second]);
    expect(await ids({ status: "FAIL" })).toEqual([second]);
    expect(await ids({ status: "DISCARD" })).toEqual([]);
    expect(await ids({}, `${base}:latest`)).toEqual([first]);
    expect(await ids({}, `${base}:!prod`)).toEqual([second]);
    expect((await records({ limit: "1" })).body).toMatchObject({
      count: 2,
      next_marker: 1,
      invocations: [{ request_id: first }],
    });
    expect((await records({ limit: "1", marker: "1" })).body).toMatchObject({
      count: 2,
      next_marker: 2,
      invocations: [{ request_id: second, error_code: 4002 }],
    });
  });

  it("are not listed when they were not to be", async () => {
    arrive("2026-03-02T09:40:00Z", { listed: false });
    expect((await records()).body).toEqual({ invocations: [], count: 0, next_marker: 0 });
  });

  it.each([
    { limit: "501" },
    { limit: "-1" },
    { marker: "x" },
    { status: "DONE" },
    { query_begin_time: "yesterday" },
    { query_begin_time: "2026-02-30T00:00:00" },
    { query_end_time: "2026-03-02T25:00:00" },
    { query_begin_time: "2026-03-02T09:00:00", query_end_time: "2026-03-02T08:00:00" },
  ])("refuse %o", async (query) => {
    expect((await records(query as Record<string, string>)).error).toMatch(/^FSS.(1001|0400) /);
  });

  it.each(missing)("refuse %s with %s", async (urn, code) => {
    expect((await records({}, urn)).error).toMatch(new RegExp(`^${code} `));
    expect((await cancel({ request_id: "x" }, urn)).error).toMatch(new RegExp(`^${code} `));
  });

  it("are cancelled while they wait or run", async () => {
    const waiting = arrive("2026-03-02T09:40:00Z");
    const running = arrive("2026-03-02T09:41:00Z", { listed: false });
    become(running, { status: "RUNNING" }, "2026-03-02T09:41:00Z");
    expect(await cancel({ request_id: waiting })).toMatchObject({ status: 200, body: null });
    expect(await cancel({ request_id: running, type: "force" })).toMatchObject({ status: 200, body: null });
    expect((await records()).body.invocations).toEqual([
      {
        request_id: waiting,
        status: "FAIL",
        error_code: 4208,
        error_message: "function invocation canceled",
        start_time: "2026-03-02T09:40:00",
        end_time: "2026-03-02T10:00:00",
      },
    ]);
    expect(app.store.read((tx) => findAsyncInvocation(tx, ada.projectId, running)?.record)).toMatchObject({
      status: "FAIL",
      cancelled: "force",
    });
  });

  it("stay as they are when they have ended before they are cancelled", async () => {
    const id = arrive("2026-03-02T09:40:00Z");
    become(id, { status: "SUCCESS" }, "2026-03-02T09:40:01Z");
    expect((await cancel({ request_id: id })).status).toBe(200);
    expect((await records()).body.invocations?.[0]?.status).toBe("SUCCESS");
  });

  it("are not cancelled through another function, version or project, nor when there is none", async () => {
    await addLocalFunction(app, bob);
    const request_id = arrive("2026-03-02T09:40:00Z");
    const refused = [
      await cancel({ request_id }, "resize-image"),
      await cancel({ request_id }, `${base}:v1`),
      await cancel({ request_id }, "hello-orders", bob),
      await cancel({ request_id: "none" }),
    ];
    expect(refused.map(({ status, error }) => [status, error])).toEqual(
      Array(4).fill([400, "FSS.0400 Invalid RequestId"]),
    );
    expect((await cancel({ request_id, type: "gently" })).error).toMatch(/^FSS.0400 /);
    expect((await records()).body.invocations?.[0]?.status).toBe("WAIT");
  });

  it("are given up three days after they ended", () => {
    const old = arrive("2026-03-02T09:40:00Z");
    become(old, { status: "SUCCESS" }, "2026-03-02T09:41:00Z");
    const stuck = arrive("2026-03-02T09:42:00Z");
    const young = arrive("2026-03-05T09:50:00Z");
    expect(
      app.store.read((tx) => tx.list(asyncInvocations, ada.projectId).map(({ value }) => value.requestId)),
    ).toEqual([stuck, young]);
    expect(app.store.read((tx) => findAsyncInvocation(tx, ada.projectId, old))).toBeUndefined();
  });

  it("and settings go with their function, settings with their version", async () => {
    await set({});
    await set({}, `${base}:v1`);
    await set({}, "resize-image");
    const request_id = arrive("2026-03-02T09:40:00Z");
    const hook = (qualifier?: string) => forgetLocalFunction(app, ada, "hello-orders", qualifier);
    hook("v1");
    expect((await list()).body.count).toBe(1);
    hook();
    expect((await list()).body.count).toBe(0);
    expect((await records()).body.count).toBe(0);
    expect((await cancel({ request_id })).error).toMatch(/^FSS.0400 /);
    expect((await show("resize-image")).status).toBe(200);
  });
});
