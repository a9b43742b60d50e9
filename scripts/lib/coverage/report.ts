import type { Finding, Kind } from "./compare.ts";
import type { ConflictFinding } from "./conflicts.ts";
import { type Exception, excuses } from "./exceptions.ts";

export const kinds: readonly Kind[] = [
  "operations",
  "parameters",
  "fields",
  "enum values",
  "statuses",
  "bounds",
];

/** Findings sorted into what is described, what an exception excuses, and what is missing. */
export interface Verdict {
  readonly findings: readonly Finding[];
  readonly excused: readonly Finding[];
  readonly missing: readonly Finding[];
  /** Exceptions that excuse nothing any more. */
  readonly superfluous: readonly Exception[];
}

export function judge(findings: readonly Finding[], exceptions: readonly Exception[]): Verdict {
  const open = findings.filter((finding) => !finding.covered);
  const excused = open.filter((finding) => exceptions.some((exception) => excuses(exception, finding)));
  return {
    findings,
    excused,
    missing: open.filter((finding) => !excused.includes(finding)),
    superfluous: exceptions.filter((exception) => !excused.some((finding) => excuses(exception, finding))),
  };
}

/** One table row for each name: `covered/documented` for every kind, excused facts counted apart. */
export function table(verdict: Verdict, namesOf: (finding: Finding) => readonly string[]): string {
  const names = [...new Set(verdict.findings.flatMap(namesOf))].sort();
  const rows = names.map((name) => [
    name,
    ...kinds.map((kind) => {
      const mine = verdict.findings.filter(
        (finding) => finding.kind === kind && namesOf(finding).includes(name),
      );
      const excused = mine.filter((finding) => verdict.excused.includes(finding)).length;
      const covered = mine.filter((finding) => finding.covered).length;
      return mine.length === 0
        ? "–"
        : `${covered}/${mine.length - excused}${excused ? ` (+${excused} excused)` : ""}`;
    }),
  ]);
  const all = [["", ...kinds], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** One line for a missing fact, naming the operation, the place, the editions and the remedy. */
export function missingLine(finding: Finding): string {
  const value = finding.value === undefined ? "" : ` ${finding.value}`;
  return `${finding.operationId}: ${finding.in} ${finding.path}${value} (${finding.kind}; ${finding.editions.join(", ")}): describe it, or give the reason in spec/provenance/exceptions/${finding.tag}.yaml`;
}

/** One line for a conflict of editions: what they say and how it was settled. */
export function conflictLine(conflict: ConflictFinding): string {
  const readings = Object.entries(conflict.readings)
    .map(([edition, reading]) => `${edition} ${reading}`)
    .join(", ");
  const settled = conflict.settlement
    ? `→ ${conflict.settlement.decision}: ${conflict.settlement.reason}`
    : "";
  return `${conflict.operationId}: ${conflict.in} ${conflict.path}, ${conflict.kind}: ${readings} ${settled}${conflict.problem ? ` OPEN: ${conflict.problem}` : ""}`;
}
