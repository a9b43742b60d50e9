// Writes `x-fg-editions` into the sources from the facts of all editions. `--check` changes nothing and fails when a file would change.
import { writeFileSync } from "node:fs";
import { readFacts } from "./lib/coverage/facts.ts";
import { collectEditions } from "./lib/editions/collect.ts";
import { SourceFiles } from "./lib/editions/source-files.ts";
import { writeEditions } from "./lib/editions/write.ts";
import { specFolder } from "./lib/paths.ts";
import { runCommand } from "./lib/user-error.ts";

await runCommand(async () => {
  const sources = new SourceFiles(specFolder);
  const changed = writeEditions(sources, collectEditions(sources, readFacts()));
  const check = process.argv.includes("--check");
  for (const [file, text] of changed) {
    if (!check) writeFileSync(file, text);
    console.log(`${check ? "out of date" : "updated"}: spec/${sources.nameOf(file)}`);
  }
  if (check && changed.size > 0) {
    console.error(
      "x-fg-editions differ from spec/provenance/facts: run `npm run annotate:editions` and commit the result.",
    );
    return 1;
  }
  return 0;
});
