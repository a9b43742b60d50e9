import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { JsonObject } from "../openapi.ts";
import { redocly } from "../redocly.ts";
import { UserError } from "../user-error.ts";

const config = fileURLToPath(new URL("redocly.yaml", import.meta.url));

/**
 * Joins the sources of a description into one document.
 * @throws UserError with Redocly's own words (file, line, reason) when a reference is broken or two components share a name.
 */
export function bundleSources(folder: string): JsonObject {
  const scratch = mkdtempSync(join(tmpdir(), "functiongraph-bundle-"));
  try {
    const output = join(scratch, "openapi.json");
    const run = redocly(
      [
        "bundle",
        "openapi.yaml",
        "-o",
        output,
        "--component-renaming-conflicts-severity=error",
        "--config",
        config,
      ],
      folder,
    );
    if (run.status !== 0) {
      throw new UserError(
        `The specification cannot be bundled.\n${run.stderr || run.stdout}\n\nRun \`npm run lint:spec\` for every problem with its line.`,
      );
    }
    return JSON.parse(readFileSync(output, "utf8"));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
