// Renders packages/docs/dist/site from the bundle: a start page, the reference, and the files to download.
import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { renderReference } from "./render-reference.ts";
import { siteFolder } from "./site-folder.ts";
import { type Download, startPage } from "./start-page.ts";

const spec = join(
  dirname(createRequire(import.meta.url).resolve("@functiongraph/spec/package.json")),
  "dist",
);
const downloads: readonly Omit<Download, "bytes">[] = [
  { name: "openapi.yaml", what: "OpenAPI 3.1, YAML" },
  { name: "openapi.json", what: "OpenAPI 3.1, JSON" },
  { name: "openapi-3.0.json", what: "OpenAPI 3.0.3, for older generators" },
  { name: "errors.json", what: "Error catalogue with causes and remedies" },
  { name: "SHA256SUMS", what: "Checksums of these files" },
];

rmSync(siteFolder, { recursive: true, force: true });
mkdirSync(join(siteFolder, "reference"), { recursive: true });
for (const { name } of downloads) copyFileSync(join(spec, name), join(siteFolder, name));
writeFileSync(join(siteFolder, "reference", "index.html"), renderReference(join(spec, "openapi.json")));
const document = JSON.parse(readFileSync(join(spec, "openapi.json"), "utf8"));
const sized = downloads.map((download) => ({ ...download, bytes: statSync(join(spec, download.name)).size }));
writeFileSync(join(siteFolder, "index.html"), startPage(document, sized));
