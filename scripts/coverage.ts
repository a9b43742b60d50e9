// Compares the bundle with the facts of all editions. `--markdown` wraps the tables for a job summary.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compare } from "./lib/coverage/compare.ts";
import { conflictFindings } from "./lib/coverage/conflicts.ts";
import { readSettled } from "./lib/coverage/exceptions.ts";
import { readFacts } from "./lib/coverage/facts.ts";
import { conflictLine, judge, missingLine, table } from "./lib/coverage/report.ts";
import { distFolder } from "./lib/paths.ts";
import { runCommand } from "./lib/user-error.ts";

await runCommand(async () => {
  const document = JSON.parse(readFileSync(join(distFolder, "openapi.json"), "utf8"));
  const facts = readFacts();
  const { exceptions, conflicts } = readSettled();
  const verdict = judge(compare(document, facts), exceptions);
  const settled = conflictFindings(document, facts, conflicts);
  const fence = process.argv.includes("--markdown") ? "```" : "";

  console.log(
    `Covered facts by edition\n${fence}\n${table(verdict, (finding) => finding.editions)}\n${fence}\n`,
  );
  console.log(`Covered facts by tag\n${fence}\n${table(verdict, (finding) => [finding.tag])}\n${fence}\n`);
  console.log(`Where editions say different types, or differ about what is required (${settled.length})`);
  for (const conflict of settled) console.log(`- ${conflictLine(conflict)}`);

  const open = settled.filter((conflict) => conflict.problem);
  for (const finding of verdict.missing) console.error(`missing: ${missingLine(finding)}`);
  for (const exception of verdict.superfluous) {
    console.error(
      `superfluous exception: ${exception.operationId} ${exception.in} ${exception.path} ${exception.value ?? ""} is described after all; remove the entry from spec/provenance/exceptions`,
    );
  }
  const documented = verdict.findings.length;
  console.log(
    `\n${documented} facts: ${documented - verdict.missing.length - verdict.excused.length} described, ${verdict.excused.length} excused with a reason, ${verdict.missing.length} missing; ${settled.length} conflicts, ${open.length} open.`,
  );
  return verdict.missing.length + verdict.superfluous.length + open.length > 0 ? 1 : 0;
});
