import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./ensure-installed.mjs";

/** Folders of the workspaces that have a `test` script, each with the report that its tests leave. */
function reports() {
  const packages = readdirSync(join(root, "packages")).map((name) => join("packages", name));
  const tested = ["spec", ...packages, "scripts", "test"].filter((folder) => {
    const manifest = join(root, folder, "package.json");
    return existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).scripts?.test;
  });
  return tested.map((folder) => ({ folder, report: join(root, folder, ".vitest", "report.json") }));
}

/** Removes the reports of an earlier run, so that none is counted again; turbo brings back those of cached tasks. */
export function clearReports() {
  for (const { report } of reports()) rmSync(report, { force: true });
}

/** Sums the vitest reports of all workspaces; `missing` names those that left none. */
export function countTests() {
  const sum = { passed: 0, failed: 0, missing: [] };
  for (const { folder, report } of reports()) {
    if (!existsSync(report)) {
      sum.missing.push(folder);
      continue;
    }
    const result = JSON.parse(readFileSync(report, "utf8"));
    sum.passed += result.numPassedTests;
    // A test file that cannot be loaded has no failed test of its own, and must still count.
    const unloaded = result.testResults.filter(
      (file) => file.status === "failed" && file.assertionResults.length === 0,
    );
    sum.failed += result.numFailedTests + unloaded.length;
  }
  return sum;
}
