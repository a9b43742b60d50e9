import { type CallCount, type CountedVersion, durationBounds } from "../../core/journal/call-counters.ts";
import { type Metric, number, type Sample } from "./prometheus-text.ts";

/** What is counted of calls, for each version that was called since the start. */
export function callMetrics(counts: readonly CallCount[]): Metric[] {
  return [
    {
      name: "functiongraph_invocations_total",
      type: "counter",
      help: "Calls of functions by how they ended; rejected ones never ran.",
      samples: counts.flatMap((count) =>
        Object.entries(count.outcomes).map(([outcome, value]) => ({
          labels: { ...versionLabels(count), outcome },
          value,
        })),
      ),
    },
    {
      name: "functiongraph_invocation_duration_seconds",
      type: "histogram",
      help: "Run times of calls.",
      samples: counts.flatMap(durations),
    },
    {
      name: "functiongraph_cold_starts_total",
      type: "counter",
      help: "Calls for which an instance had to be started.",
      samples: counts.map((count) => ({ labels: versionLabels(count), value: count.coldStarts })),
    },
  ];
}

/** The labels that tell versions apart. The function is named as URNs do, with its package. */
export function versionLabels(of: CountedVersion): { project: string; function: string; version: string } {
  return { project: of.projectId, function: `${of.package}:${of.name}`, version: of.version };
}

function durations(count: CallCount): Sample[] {
  const labels = versionLabels(count);
  let upTo = 0;
  const buckets = durationBounds.map((bound, index) => {
    upTo += count.buckets[index] ?? 0;
    return { suffix: "_bucket", labels: { ...labels, le: number(bound) }, value: upTo };
  });
  return [
    ...buckets,
    { suffix: "_bucket", labels: { ...labels, le: "+Inf" }, value: count.ran },
    { suffix: "_sum", labels, value: count.seconds },
    { suffix: "_count", labels, value: count.ran },
  ];
}
