import { readFileSync } from "node:fs";
import type { OutgoingResponse } from "../outgoing-response.ts";
import type { ServerContext } from "../server-context.ts";
import { callMetrics } from "./call-metrics.ts";
import { instanceMetrics } from "./instance-metrics.ts";
import { processMetrics } from "./process-metrics.ts";
import { type Metric, prometheusText, prometheusType } from "./prometheus-text.ts";

/** Answers `GET /metrics`, as Prometheus asks it. */
export function answerMetrics({ app, journal }: Pick<ServerContext, "app" | "journal">): OutgoingResponse {
  const metrics: Metric[] = [
    ...callMetrics(journal.counters.all()),
    ...instanceMetrics(app.runner.instances()),
    {
      name: "functiongraph_async_requests_pending",
      type: "gauge",
      help: "Asynchronous requests that wait or run.",
      samples: [{ value: app.queue.pending() }],
    },
    {
      name: "functiongraph_emulator_info",
      type: "gauge",
      help: "What runs here; always 1.",
      samples: [{ labels: { version: version(), node: process.version, region: app.region }, value: 1 }],
    },
    ...processMetrics(),
  ];
  return { status: 200, headers: {}, body: prometheusText(metrics), contentType: prometheusType };
}

let known: string | undefined;

function version(): string {
  // This package's own manifest, from src/ as from dist/.
  known ??= (
    JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")) as { version: string }
  ).version;
  return known;
}
