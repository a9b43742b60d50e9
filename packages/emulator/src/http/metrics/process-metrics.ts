import type { Metric } from "./prometheus-text.ts";

/** What Prometheus' client libraries tell of a process, as far as Node knows it. Functions run in processes of their own. */
export function processMetrics(): Metric[] {
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const started = Date.now() / 1000 - process.uptime();
  const one = (name: string, type: "counter" | "gauge", help: string, value: number): Metric => ({
    name,
    type,
    help,
    samples: [{ value }],
  });
  return [
    one("process_cpu_seconds_total", "counter", "CPU time of the emulator's process.", (user + system) / 1e6),
    one("process_resident_memory_bytes", "gauge", "Memory of the emulator's process.", rss),
    one(
      "process_start_time_seconds",
      "gauge",
      "When the emulator started, since 1970.",
      Math.round(started * 100) / 100,
    ),
    one(
      "nodejs_heap_size_used_bytes",
      "gauge",
      "Memory that JavaScript objects of the emulator take.",
      heapUsed,
    ),
  ];
}
