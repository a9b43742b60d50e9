import { readFileSync, writeFileSync } from "node:fs";
import { coverage } from "./cases/coverage.ts";
import { renderCoverage, withCoverage } from "./cases/coverage-table.ts";

const readme = new URL("../../packages/emulator/README.md", import.meta.url);
writeFileSync(readme, withCoverage(readFileSync(readme, "utf8"), renderCoverage(coverage())));
