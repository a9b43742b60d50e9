import { request as httpRequest } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { type JournaledEmulator, journaledEmulator } from "../../../test/support/journaled-emulator.ts";
import { ada, addLocalVersion } from "../../../test/support/local-app.ts";
import { type ParsedMetric, parsePrometheus } from "../../../test/support/parse-prometheus.ts";
import type { EmulatorOptions } from "../../options.ts";
import { instanceMetrics } from "./instance-metrics.ts";
import { prometheusText } from "./prometheus-text.ts";

const running: JournaledEmulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close(0)));
});

async function start(options: EmulatorOptions = {}): Promise<JournaledEmulator> {
  const emulator = await journaledEmulator(options);
  running.push(emulator);
  await emulator.add("hello");
  return emulator;
}

async function scrape({ url }: JournaledEmulator): Promise<Map<string, ParsedMetric>> {
  const response = await fetch(`${url}/metrics`);
  expect([response.status, response.headers.get("content-type")]).toEqual([
    200,
    "text/plain; version=0.0.4; charset=utf-8",
  ]);
  return parsePrometheus(await response.text());
}

const value = (
  metric: ParsedMetric | undefined,
  labels: Record<string, string>,
  name?: string,
): number | undefined =>
  metric?.samples.find(
    (sample) =>
      (name === undefined || sample.name === name) &&
      Object.entries(labels).every(([label, text]) => sample.labels[label] === text),
  )?.value;

describe("GET /metrics", () => {
  it("is valid and says what every metric is, before anything ran", async () => {
    const metrics = await scrape(await start());
    expect([...metrics.values()].map(({ name, type }) => `${name} ${type}`)).toEqual([
      "functiongraph_invocations_total counter",
      "functiongraph_invocation_duration_seconds histogram",
      "functiongraph_cold_starts_total counter",
      "functiongraph_instances gauge",
      "functiongraph_busy_instances gauge",
      "functiongraph_async_requests_pending gauge",
      "functiongraph_emulator_info gauge",
      "process_cpu_seconds_total counter",
      "process_resident_memory_bytes gauge",
      "process_start_time_seconds gauge",
      "nodejs_heap_size_used_bytes gauge",
    ]);
    for (const { help } of metrics.values()) expect(help).toMatch(/^[A-Z].*\.$/);
    expect(value(metrics.get("functiongraph_async_requests_pending"), {})).toBe(0);
    expect(metrics.get("functiongraph_emulator_info")?.samples).toEqual([
      {
        name: "functiongraph_emulator_info",
        labels: { version: expect.stringMatching(/^\d+\.\d+\.\d+/), node: process.version, region: "eu-de" },
        value: 1,
      },
    ]);
    expect(value(metrics.get("process_resident_memory_bytes"), {})).toBeGreaterThan(1e6);
  });

  it("counts calls by version and by how they ended", async () => {
    const emulator = await start();
    addLocalVersion(emulator.app, ada, "hello", "v1");
    emulator.ended("hello", { cold: true });
    emulator.ended("hello");
    emulator.ended("hello", { code: 4002 });
    emulator.ended("hello", { code: 150429 });
    emulator.rejected("hello");
    emulator.ended(`${ada.projectId}:default:hello:v1`, { cold: true });
    const metrics = await scrape(emulator);
    const calls = metrics.get("functiongraph_invocations_total");
    const labels = { project: ada.projectId, function: "default:hello", version: "latest" };
    expect(
      ["success", "function-error", "system-error", "rejected"].map((outcome) =>
        value(calls, { ...labels, outcome }),
      ),
    ).toEqual([2, 1, 1, 1]);
    expect(value(calls, { ...labels, version: "v1", outcome: "success" })).toBe(1);
    expect(metrics.get("functiongraph_cold_starts_total")?.samples.map((one) => one.value)).toEqual([1, 1]);
  });

  it("has a histogram of run times that adds up", async () => {
    const emulator = await start();
    for (const duration of [0.4, 1, 1.1, 60, 999_999]) emulator.ended("hello", { duration });
    emulator.rejected("hello");
    const metric = (await scrape(emulator)).get("functiongraph_invocation_duration_seconds");
    const bucket = (le: string): number | undefined =>
      value(metric, { le }, "functiongraph_invocation_duration_seconds_bucket");
    expect([
      bucket("0.001"),
      bucket("0.0025"),
      bucket("0.05"),
      bucket("0.1"),
      bucket("900"),
      bucket("+Inf"),
    ]).toEqual([2, 3, 3, 4, 4, 5]);
    expect(value(metric, {}, "functiongraph_invocation_duration_seconds_count")).toBe(5);
    expect(value(metric, {}, "functiongraph_invocation_duration_seconds_sum")).toBeCloseTo(1000.0615, 6);
  });

  it("drops a function that was deleted", async () => {
    const emulator = await start();
    emulator.ended("hello");
    emulator.reset();
    expect((await scrape(emulator)).get("functiongraph_invocations_total")?.samples).toEqual([]);
  });

  it("keeps to the host rule, and leaves other paths and methods alone", async () => {
    const emulator = await start({ fallback: (_, response) => void response.end("the site") });
    const status = (path: string, init: { method?: string; headers?: Record<string, string> } = {}) =>
      new Promise<number | undefined>((resolve, reject) => {
        const sent = httpRequest(emulator.url + path, init, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        sent.on("error", reject).end();
      });
    expect(await status("/metrics", { headers: { host: "evil.example" } })).toBe(403);
    expect(await status("/metrics", { method: "HEAD" })).toBe(200);
    expect(await status("/metrics?name[]=up")).toBe(200);
    expect(await status("/metrics", { method: "POST" })).toBe(404);
    expect(await (await fetch(`${emulator.url}/metrics-guide`)).text()).toBe("the site");
  });
});

describe("instances", () => {
  it("are told apart by kind, whatever states of their code they have", () => {
    // Of a spec, only these count here.
    const spec = {
      ...({} as Parameters<typeof instanceMetrics>[0][number]["spec"]),
      projectId: "p1",
      package: "default",
      name: "hello",
      version: "v1",
    };
    const counts = [
      { spec: { ...spec, key: "old" }, onDemand: 1, reserved: 2, busy: 3 },
      { spec: { ...spec, key: "new" }, onDemand: 4, reserved: 0, busy: 1 },
    ];
    const metrics = parsePrometheus(prometheusText(instanceMetrics(counts)));
    const labels = { project: "p1", function: "default:hello", version: "v1" };
    expect([...metrics.values()].flatMap(({ samples }) => samples)).toEqual([
      { name: "functiongraph_instances", labels: { ...labels, kind: "on-demand" }, value: 5 },
      { name: "functiongraph_instances", labels: { ...labels, kind: "reserved" }, value: 2 },
      { name: "functiongraph_busy_instances", labels, value: 4 },
    ]);
  });
});

describe("the text format", () => {
  it("survives whatever labels and helps hold", () => {
    const label = 'a "quoted" \\ back\\nslash\nand a line {x="y",} # no comment';
    const help = 'Two\nlines, a \\ and a "quote".';
    const samples = [
      { labels: { label, empty: "" }, value: 1.5e-7 },
      { value: Number.NaN },
      { value: Number.NEGATIVE_INFINITY },
      { value: 1e21 },
    ];
    const metric = parsePrometheus(prometheusText([{ name: "odd", type: "gauge", help, samples }])).get(
      "odd",
    );
    expect(metric).toEqual({
      name: "odd",
      type: "gauge",
      help,
      samples: samples.map(({ labels = {}, value }) => ({ name: "odd", labels, value })),
    });
  });
});
