/** A metric as its text says. */
export interface ParsedMetric {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: {
    readonly name: string;
    readonly labels: Record<string, string>;
    readonly value: number;
  }[];
}

const name = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const label = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"';
const sampleLine = new RegExp(`^(${name})(?:\\{((?:${label})(?:,${label})*,?)?\\})? (\\S+)(?: -?\\d+)?$`);

/**
 * Reads Prometheus' text format in full, and strictly: every line must be HELP, TYPE or a sample of the metric before it, no metric and no
 * sample comes twice, and histograms add up.
 * @throws Error naming the line.
 */
export function parsePrometheus(text: string): Map<string, ParsedMetric> {
  if (!text.endsWith("\n")) throw new Error("The last line does not end.");
  const metrics = new Map<string, ParsedMetric>();
  const seen = new Set<string>();
  let help: readonly [string, string] | undefined;
  let current: ParsedMetric | undefined;
  for (const line of text.split("\n").slice(0, -1)) {
    const comment = new RegExp(`^# (HELP|TYPE) (${name}) (.*)$`).exec(line);
    if (comment?.[1] === "HELP") help = [comment[2] ?? "", unescaped(comment[3] ?? "")];
    else if (comment) {
      const [, , named = "", type = ""] = comment;
      if (metrics.has(named)) throw new Error(`twice: ${line}`);
      if (help?.[0] !== named) throw new Error(`no HELP before: ${line}`);
      if (!["counter", "gauge", "histogram"].includes(type)) throw new Error(`no such type: ${line}`);
      current = { name: named, type, help: help[1], samples: [] };
      metrics.set(named, current);
    } else {
      const sample = sampleLine.exec(line);
      if (!sample || !current || !belongs(sample[1] ?? "", current)) throw new Error(`no sample: ${line}`);
      const [, named = "", labelText = "", number = ""] = sample;
      if (labelText && seen.has(`${named}{${labelText}}`)) throw new Error(`twice: ${line}`);
      seen.add(`${named}{${labelText}}`);
      current.samples.push({ name: named, labels: readLabels(labelText), value: readNumber(number, line) });
    }
  }
  for (const metric of metrics.values()) if (metric.type === "histogram") checkHistogram(metric);
  return metrics;
}

function belongs(sample: string, metric: ParsedMetric): boolean {
  if (metric.type !== "histogram") return sample === metric.name;
  return ["_bucket", "_sum", "_count"].some((suffix) => sample === metric.name + suffix);
}

function readLabels(text: string): Record<string, string> {
  const pairs = text.matchAll(new RegExp(label, "g"));
  return Object.fromEntries(
    [...pairs].map(([pair]) => {
      const equals = pair.indexOf("=");
      return [pair.slice(0, equals), unescaped(pair.slice(equals + 2, -1))];
    }),
  );
}

function readNumber(text: string, line: string): number {
  if (text === "NaN") return Number.NaN;
  if (/^[+-]Inf$/.test(text)) return text === "+Inf" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  const value = Number(text);
  if (Number.isNaN(value)) throw new Error(`no number: ${line}`);
  return value;
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, sign: string) => (sign === "n" ? "\n" : sign));
}

function checkHistogram({ name: metric, samples }: ParsedMetric): void {
  const series = new Map<string, { buckets: [number, number][]; count?: number; sum?: number }>();
  for (const { name: sample, labels, value } of samples) {
    const { le, ...rest } = labels;
    const key = JSON.stringify(rest);
    const one = series.get(key) ?? { buckets: [] };
    series.set(key, one);
    if (sample.endsWith("_bucket")) one.buckets.push([readNumber(le ?? "", `${metric} le`), value]);
    else if (sample.endsWith("_count")) one.count = value;
    else one.sum = value;
  }
  for (const [key, { buckets, count, sum }] of series) {
    const ordered = buckets.every(([le, value], index) => {
      const [before = Number.NEGATIVE_INFINITY, less = 0] = buckets[index - 1] ?? [];
      return le > before && value >= less;
    });
    const last = buckets.at(-1);
    if (!ordered || last?.[0] !== Number.POSITIVE_INFINITY || last[1] !== count || sum === undefined)
      throw new Error(`${metric} does not add up: ${key}`);
  }
}
