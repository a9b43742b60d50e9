// Builds spec/dist from the sources: the bundle in three forms, the error catalogue, and checksums. `--sources DIR` and `--out DIR` for others.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parse, stringify } from "yaml";
import { bundleSources } from "./lib/bundle/bundle-sources.ts";
import { sortComponents } from "./lib/bundle/sort-components.ts";
import { downgrade } from "./lib/downgrade/index.ts";
import { type Catalogue, withOperations } from "./lib/errors/catalogue.ts";
import { distFolder, specFolder } from "./lib/paths.ts";
import { runCommand } from "./lib/user-error.ts";

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      sources: { type: "string", default: specFolder },
      out: { type: "string", default: distFolder },
    },
  });
  const document = sortComponents(bundleSources(values.sources));
  const catalogue: Catalogue = parse(readFileSync(join(values.sources, "errors", "catalogue.yaml"), "utf8"));
  const files: Record<string, string> = {
    "errors.json": json(withOperations(catalogue, document)),
    "openapi-3.0.json": json(downgrade(document)),
    "openapi.json": json(document),
    "openapi.yaml": stringify(document, { lineWidth: 0, aliasDuplicateObjects: false }),
  };
  files.SHA256SUMS = Object.entries(files)
    .map(([name, text]) => `${createHash("sha256").update(text).digest("hex")}  ${name}\n`)
    .join("");
  rmSync(values.out, { recursive: true, force: true });
  mkdirSync(values.out, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(values.out, name), text);
  return 0;
});

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
