import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root } from "./ensure-installed.mjs";

/** Folders of the workspaces that have a `test` script, each with the report and the log that its tests leave. */
function reports() {
  const packages = readdirSync(join(root, "packages")).map((name) => join("packages", name));
  const tested = ["spec", ...packages, "scripts", "test"].filter((folder) => {
    const manifest = join(root, folder, "package.json");
    return existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).scripts?.test;
  });
  return tested.map((folder) => ({
    folder,
    report: join(root, folder, ".vitest", "report.json"),
    log: join(root, folder, ".turbo", "turbo-test.log"),
  }));
}

/** Removes what an earlier run left, so that none is counted again; turbo brings back that of cached tasks. */
export function clearReports() {
  for (const { report, log } of reports()) {
    rmSync(report, { force: true });
    rmSync(log, { force: true });
  }
}

/**
 * Sums the vitest reports of all workspaces; `missing` names those that left none, `stray` those whose tests passed while an error
 * outside of any test, such as a rejection that nobody handled, failed the run. No report tells of such an error; the log does.
 */
export function countTests() {
  const sum = { passed: 0, failed: 0, missing: [], stray: [] };
  for (const { folder, report, log } of reports()) {
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
    const strayError = strayErrors(log);
    if (strayError) sum.stray.push({ folder, text: strayError });
    sum.failed += result.numFailedTests + unloaded.length + (strayError ? 1 : 0);
  }
  return sum;
}

/** What a workspace's tests printed of errors outside of any test, without colours; undefined when there was none. */
function strayErrors(log) {
  if (!existsSync(log)) return undefined;
  const lines = stripVTControlCharacters(readFileSync(log, "utf8")).split("\n");
  const heading = lines.findIndex((line) => line.includes("Unhandled Error"));
  return heading < 0 ? undefined : lines.slice(heading, heading + 80).join("\n");
}
