import type { InstanceCount } from "../../core/invocation/contract.ts";
import { versionLabels } from "./call-metrics.ts";
import type { Metric } from "./prometheus-text.ts";

/** How many instances there are now, for each version that has some. */
export function instanceMetrics(counts: readonly InstanceCount[]): Metric[] {
  const versions = joinVersions(counts);
  return [
    {
      name: "functiongraph_instances",
      type: "gauge",
      help: "Instances that exist, started on demand or kept by a reservation.",
      samples: versions.flatMap(({ labels, onDemand, reserved }) => [
        { labels: { ...labels, kind: "on-demand" }, value: onDemand },
        { labels: { ...labels, kind: "reserved" }, value: reserved },
      ]),
    },
    {
      name: "functiongraph_busy_instances",
      type: "gauge",
      help: "Instances of either kind that run a call.",
      samples: versions.map(({ labels, busy }) => ({ labels, value: busy })),
    },
  ];
}

interface VersionCount {
  readonly labels: ReturnType<typeof versionLabels>;
  readonly onDemand: number;
  readonly reserved: number;
  readonly busy: number;
}

/** A version whose code has just changed has instances of two kinds, which no label tells apart. */
function joinVersions(counts: readonly InstanceCount[]): VersionCount[] {
  const joined = new Map<string, VersionCount>();
  for (const { spec, onDemand, reserved, busy } of counts) {
    const labels = versionLabels(spec);
    const key = Object.values(labels).join(":");
    const before = joined.get(key) ?? { onDemand: 0, reserved: 0, busy: 0 };
    joined.set(key, {
      labels,
      onDemand: before.onDemand + onDemand,
      reserved: before.reserved + reserved,
      busy: before.busy + busy,
    });
  }
  return [...joined].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count);
}
