import type { Compared } from "./compare.ts";

/** A Markdown table of results. */
export function table(title: string, unit: string, digits: number, rows: readonly Compared[]): string {
  const lines = rows.map(
    ({ name, value, ratio }) => `| ${name} | ${value.toFixed(digits)} | ${ratio.toFixed(2)} |`,
  );
  return [`### ${title}`, "", `| | ${unit} | ratio |`, "|---|---:|---:|", ...lines, ""].join("\n");
}
