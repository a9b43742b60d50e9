import type { OperationCoverage } from "./coverage.ts";

const start = "<!-- operations: made by `npx tsx test/emulator/write-coverage.ts` -->";
const end = "<!-- /operations -->";

/** The part of the README between the markers: what is tested of each operation, and what cannot be. */
export function renderCoverage(all: readonly OperationCoverage[]): string {
  const rows = all.map(({ id, tag, successes, provoked, unprovoked }) => {
    const cells = [
      `\`${id}\``,
      tag,
      String(successes.length),
      codes(provoked.keys()),
      codes(unprovoked.keys()),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  const successes = all.reduce((sum, one) => sum + one.successes.length, 0);
  const refusals = all.flatMap(({ provoked }) => [...provoked.values()].flat()).length;
  return [
    start,
    `${all.length} of ${all.length} operations have tests, with ${successes} requests that succeed.`,
    `${count(all, "provoked")} documented errors of single operations are provoked, by ${refusals} requests; ${count(all, "unprovoked")} cannot be, for the reasons below.`,
    "",
    "| Operation | Chapter | Successes | Errors provoked | Not provoked |",
    "|---|---|---|---|---|",
    ...rows,
    "",
    "| Why not | Errors |",
    "|---|---|",
    ...reasons(all),
    end,
  ].join("\n");
}

/** The README with the part between the markers replaced. @throws Error when the markers are missing. */
export function withCoverage(readme: string, rendered: string): string {
  const [from, to] = [readme.indexOf(start), readme.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The README must have the lines ${start} and ${end}.`);
  return readme.slice(0, from) + rendered + readme.slice(to + end.length);
}

function count(all: readonly OperationCoverage[], which: "provoked" | "unprovoked"): number {
  return all.reduce((sum, one) => sum + one[which].size, 0);
}

/** `FSS.1051, 1052; APIGW.0301` */
function codes(keys: Iterable<string>): string {
  const groups = new Map<string, string[]>();
  for (const key of [...keys].sort()) {
    const [prefix = "", number] = key.split(".");
    const group = number === undefined ? "HTTP" : prefix;
    groups.set(group, [...(groups.get(group) ?? []), number ?? key]);
  }
  return [...groups]
    .map(([prefix, numbers]) => `${prefix}${prefix === "HTTP" ? " " : "."}${numbers.join(", ")}`)
    .join("; ");
}

function reasons(all: readonly OperationCoverage[]): string[] {
  const byReason = new Map<string, Set<string>>();
  for (const { unprovoked } of all) {
    for (const [code, reason] of unprovoked)
      byReason.set(reason, (byReason.get(reason) ?? new Set()).add(code));
  }
  return [...byReason].map(([reason, used]) => `| ${reason} | ${codes(used)} |`);
}
