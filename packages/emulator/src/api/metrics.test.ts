import { beforeEach, describe, expect, it } from "vitest";
import {
  ada,
  addLocalFunction,
  addLocalVersion,
  bob,
  type LocalApp,
  localApp,
  localFunctionId,
} from "../../test/support/local-app.ts";
import { perform } from "../../test/support/perform.ts";
import { functionKey, functions } from "../core/functions/records.ts";
import { type Invocation, invocationMinutes, recordInvocation } from "../core/metrics/invocation-metrics.ts";
import { listFunctionAsMetric, listFunctionStatistics, listStatistics } from "./metrics.ts";

let app: LocalApp;

function record(name: string, at: string, call: Partial<Invocation> = {}): void {
  const functionId = localFunctionId(app, ada, name);
  const whole: Invocation = {
    package: "default",
    name,
    functionId,
    version: "latest",
    startedAt: new Date(at),
    outcome: "success",
    memoryMb: 256,
    onDemandInstances: 1,
    reservedInstances: 0,
    ...call,
  };
  app.store.write((tx) => recordInvocation(tx, ada.projectId, whole));
}

/** The calls of the specification's examples: three between 9 and 10 o'clock UTC. */
function recordExamples(): void {
  record("hello-orders", "2026-03-02T09:10:00Z", { duration: 812 });
  record("hello-orders", "2026-03-02T09:40:00Z", { duration: 38 });
  record("resize-image", "2026-03-02T09:45:00Z", {
    duration: 1190,
    outcome: "function-error",
    memoryMb: 512,
  });
}

const statistics = (func_urn: string, period: string) =>
  perform(app, ada, "listFunctionStatistics", listFunctionStatistics, { path: { func_urn, period } });
const project = (query: Record<string, string>, caller = ada) =>
  perform(app, caller, "listStatistics", listStatistics, { query });
const top = (query: Record<string, string> = {}) =>
  perform(app, ada, "listFunctionAsMetric", listFunctionAsMetric, { query });
const values = (points: { value?: number }[] = []) => points.map((point) => point.value);

beforeEach(async () => {
  app = localApp();
  app.setTime("2026-03-02T10:30:00Z");
  await addLocalFunction(app, ada);
  await addLocalFunction(app, ada, { func_name: "resize-image", runtime: "Python3.10", memory_size: 512 });
});

describe("statistics of a function", () => {
  it("have a point without data for each interval before anything ran", async () => {
    const { body } = await statistics("hello-orders", "180");
    expect(Object.keys(body).sort()).toEqual([
      "concurrency_num",
      "count",
      "duration",
      "fail_count",
      "function_error_count",
      "max_duration",
      "min_duration",
      "reject_count",
      "reserved_instance_num",
      "system_error_count",
    ]);
    for (const series of Object.values(body)) expect(values(series)).toEqual([-1, -1, -1]);
    expect(body.count?.map((point) => point.timestamp)).toEqual([
      1772438400000, 1772442000000, 1772445600000,
    ]);
  });

  it("sum up the calls of each hour", async () => {
    recordExamples();
    const { body } = await statistics("hello-orders", "180");
    expect(Object.fromEntries(Object.entries(body).map(([name, series]) => [name, values(series)]))).toEqual({
      count: [-1, 2, -1],
      duration: [-1, 425, -1],
      max_duration: [-1, 812, -1],
      min_duration: [-1, 38, -1],
      fail_count: [-1, 0, -1],
      function_error_count: [-1, 0, -1],
      system_error_count: [-1, 0, -1],
      reject_count: [-1, 0, -1],
      concurrency_num: [-1, 1, -1],
      reserved_instance_num: [-1, 0, -1],
    });
  });

  it("count rejected calls, which have no run time", async () => {
    record("hello-orders", "2026-03-02T10:29:30Z", { outcome: "rejected", reservedInstances: 2 });
    const { body } = await statistics("hello-orders", "1");
    expect(
      Object.fromEntries(Object.entries(body).map(([name, series]) => [name, values(series)])),
    ).toMatchObject({ count: [-1], reject_count: [-1] });
    const two = await statistics("hello-orders", "2");
    expect([
      values(two.body.count),
      values(two.body.reject_count),
      values(two.body.duration),
      values(two.body.reserved_instance_num),
    ]).toEqual([
      [1, -1],
      [1, -1],
      [-1, -1],
      [2, -1],
    ]);
  });

  it("are those of one version when the URN names one", async () => {
    addLocalVersion(app, ada, "hello-orders", "v1");
    record("hello-orders", "2026-03-02T10:30:00Z", { version: "v1", duration: 5 });
    record("hello-orders", "2026-03-02T10:30:00Z", { duration: 7 });
    const urn = `${ada.projectId}:default:hello-orders`;
    expect(values((await statistics(urn, "1")).body.count)).toEqual([2]);
    expect(values((await statistics(`${urn}:v1`, "1")).body.max_duration)).toEqual([5]);
    expect(values((await statistics(`${urn}:latest`, "1")).body.max_duration)).toEqual([7]);
  });

  it("take a time instead of minutes", async () => {
    recordExamples();
    expect(values((await statistics("hello-orders", "2026-03-02T08:30:00Z")).body.count)).toEqual([2, -1]);
  });

  it.each([
    ["hello-orders", "0", "FSS.0400"],
    ["hello-orders", "an-hour", "FSS.0400"],
    ["hello-orders", "44641", "FSS.0400"],
    ["hello-orders", "2020-01-01T00:00:00Z", "FSS.0400"],
    ["nobody", "60", "FSS.1051"],
    ["0a1b2c3d4e5f60718293a4b5c6d7e8f9:default:hello-orders:v9", "60", "FSS.1052"],
    ["0a1b2c3d4e5f60718293a4b5c6d7e8f9:default:hello-orders:!none", "60", "FSS.1053"],
    ["a:b:c:d:e", "60", "FSS.1309"],
  ])("of %s over %s are refused with %s", async (urn, period, code) => {
    expect((await statistics(urn, period)).error).toMatch(new RegExp(`^${code} `));
  });

  it.each([
    ["soon", "must be minutes in digits, from 1 on, or a time like 2026-03-02T09:00:00Z"],
    ["2025-01-01T00:00:00Z", "must not reach back further than the 31 days for which figures are kept"],
    ["44641", "must not reach back further than the 31 days"],
    ["99999999999", "must not reach back further than the 31 days"],
  ])("over %s are refused with the reason", async (period, reason) => {
    expect((await statistics("hello-orders", period)).error).toContain(`period ${reason}`);
    expect((await project({ filter: "monitor_data", period })).error).toContain(`period ${reason}`);
  });
});

describe("statistics of a project", () => {
  it("join those of all its functions", async () => {
    recordExamples();
    const { body } = await project({ filter: "monitor_data", period: "180" });
    expect(values(body.statistics?.count)).toEqual([-1, 3, -1]);
    expect(values(body.statistics?.duration)).toEqual([-1, 680, -1]);
    expect(values(body.statistics?.function_error_count)).toEqual([-1, 1, -1]);
    expect(
      values((await project({ filter: "monitor_data", period: "180" }, bob)).body.statistics?.count),
    ).toEqual([-1, -1, -1]);
  });

  it("cover an hour without a period", async () => {
    expect((await project({ filter: "monitor_data" })).body.statistics?.count).toHaveLength(60);
  });

  it.each([
    ["0", ["2026-03"]],
    ["1", ["2026-02"]],
    ["2", ["2026-01", "2026-02", "2026-03"]],
    ["3", ["2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03"]],
    ["whatever", ["2026-03"]],
  ])("report the months of option %s", async (option, months) => {
    const { body } = await project({ filter: "monthly_report", option });
    for (const list of [body.count, body.gbs, body.gpu_gbs])
      expect(list).toEqual(months.map((date) => ({ date, value: 0 })));
  });

  it("report calls and gigabyte-seconds per month", async () => {
    recordExamples();
    record("hello-orders", "2026-02-27T09:10:00Z", { duration: 4000, gpuMemoryMb: 2048 });
    const { body } = await project({ filter: "monthly_report", option: "2" });
    expect([body.count, body.gbs, body.gpu_gbs].map(values)).toEqual([
      [0, 1, 3],
      [0, 1, 0.8075],
      [0, 8, 0],
    ]);
  });

  it.each([
    { filter: "monitor_data", period: "soon" },
    { filter: "monitor_data", period: "0" },
    { filter: "nothing" },
    { filter: "monitor_data", limit: "-1" },
    { filter: "monitor_data", marker: "x" },
    { period: "60" },
  ])("refuse %o", async (query) => {
    expect((await project(query as Record<string, string>)).error).toMatch(/^FSS.(1001|0400) /);
  });
});

describe("leading functions", () => {
  const urn = (name: string) => `urn:fss:eu-de:${ada.projectId}:function:default:${name}`;

  it("are none before anything ran", async () => {
    expect((await top()).body).toEqual({ values: [], count: 0, next_marker: 0 });
  });

  it("are those with the most failures of the last day", async () => {
    recordExamples();
    record("hello-orders", "2026-03-01T08:00:00Z", { outcome: "system-error", duration: 1 });
    expect((await top()).body).toEqual({
      values: [{ key: urn("resize-image"), value: 1 }],
      count: 1,
      next_marker: 1,
    });
  });

  it.each([
    [
      "count",
      [
        ["hello-orders", 2],
        ["resize-image", 1],
      ],
    ],
    [
      "duration",
      [
        ["resize-image", 1190],
        ["hello-orders", 425],
      ],
    ],
    [
      "minDuration",
      [
        ["resize-image", 1190],
        ["hello-orders", 38],
      ],
    ],
    [
      "maxDuration",
      [
        ["resize-image", 1190],
        ["hello-orders", 812],
      ],
    ],
    ["rejectcount", []],
  ] as const)("are compared by %s", async (type, want) => {
    recordExamples();
    expect((await top({ type })).body.values).toEqual(
      want.map(([name, value]) => ({ key: urn(name), value })),
    );
  });

  it("are no more than the limit, of the time that is asked for", async () => {
    recordExamples();
    expect((await top({ type: "count", limit: "1" })).body.values).toEqual([
      { key: urn("hello-orders"), value: 2 },
    ]);
    const late = {
      type: "count",
      start_time: String(Date.parse("2026-03-02T09:44:00Z")),
      end_time: String(Date.parse("2026-03-02T09:50:00Z")),
    };
    expect((await top(late)).body.values).toEqual([{ key: urn("resize-image"), value: 1 }]);
  });

  it("are none that were deleted, nor new ones of the same name", async () => {
    recordExamples();
    app.store.write((tx) => tx.delete(functions, ada.projectId, functionKey("default", "resize-image")));
    expect((await top()).body.count).toBe(0);
    await addLocalFunction(app, ada, { func_name: "resize-image" });
    expect((await top()).body.count).toBe(0);
  });

  it.each([
    { type: "speed" },
    { limit: "-1" },
    { start_time: "yesterday" },
    { end_time: "1e3" },
    { start_time: "2000", end_time: "1000" },
  ])("refuse %o", async (query) => {
    expect((await top(query as Record<string, string>)).error).toMatch(/^FSS.1001 /);
  });
});

describe("figures", () => {
  it("of minutes are given up after 31 days", () => {
    record("hello-orders", "2026-01-01T00:00:00Z", { duration: 1 });
    record("hello-orders", "2026-01-31T00:00:00Z", { duration: 1 });
    record("hello-orders", "2026-02-01T00:01:00Z", { duration: 1 });
    expect(
      app.store.read((tx) =>
        tx.list(invocationMinutes, ada.projectId).map(({ value }) => new Date(value.minute).toISOString()),
      ),
    ).toEqual(["2026-01-31T00:00:00.000Z", "2026-02-01T00:01:00.000Z"]);
  });
});
