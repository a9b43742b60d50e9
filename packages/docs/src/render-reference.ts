import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const cli = join(
  dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json")),
  "bin",
  "cli.js",
);
const template = fileURLToPath(new URL("../templates/reference.hbs", import.meta.url));

/** Renders a bundled description with Redoc into one HTML page that loads nothing from elsewhere. */
export function renderReference(bundle: string): string {
  const scratch = mkdtempSync(join(tmpdir(), "functiongraph-docs-"));
  try {
    const output = join(scratch, "index.html");
    const run = spawnSync(
      process.execPath,
      [cli, "build-docs", bundle, "-o", output, "--inlineBundle", "-t", template, ...options()],
      {
        cwd: scratch,
        encoding: "utf8",
        env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
      },
    );
    if (run.status !== 0) throw new Error(`Redoc could not render ${bundle}: ${run.stderr || run.stdout}`);
    return withoutForeignAddresses(readFileSync(output, "utf8"));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function options(): string[] {
  const settings = {
    expandResponses: "200,201,202,204",
    requiredPropsFirst: true,
    sortTagsAlphabetically: false,
    pathInMiddlePanel: true,
  };
  return Object.entries(settings).map(([name, value]) => `--openapi.${name}=${value}`);
}

/** Redoc's page loads a badge image and icons from its maker's hosts: neither is needed, and no reader's visit is anybody else's business. */
function withoutForeignAddresses(html: string): string {
  return html
    .replaceAll(/https:\/\/cdn\.redoc(ly)?\.(com|ly)\/redoc\/logo-mini(-full)?\.svg/g, "data:,")
    .replaceAll(/https:\/\/cdn\.redoc(ly)?\.(com|ly)\//g, "/")
    .replaceAll("API docs by", "Rendered by Redoc");
}
