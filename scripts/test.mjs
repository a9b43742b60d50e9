// `npm test`: installs if needed, builds, lints, type-checks and runs every test; the last line counts them.
import { clearReports, countTests } from "./lib/count-tests.mjs";
import { ensureInstalled } from "./lib/ensure-installed.mjs";
import { turbo } from "./lib/turbo.mjs";

ensureInstalled();
clearReports();
const started = Date.now();
const tasks = ["build", "typecheck", "lint", "lint:repo", "test", "docs"];
const status = turbo(
  "run",
  ...tasks,
  "--output-logs=new-only",
  "--continue=dependencies-successful",
  ...process.argv.slice(2),
);
const { passed, failed, missing, stray } = countTests();
for (const name of missing) console.error(`${name}: its tests did not run; the reason stands above.`);
for (const { folder, text } of stray)
  console.error(`${folder}: an error outside of any test failed its run:\n${text}`);
console.log(`Done in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(status !== 0 || failed > 0 || missing.length > 0 ? 1 : 0);
