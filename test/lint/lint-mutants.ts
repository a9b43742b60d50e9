import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { configFile, root } from "./lint-config.ts";

const cli = join(
  dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json")),
  "bin",
  "cli.js",
);

/** A copy of spec/ without what is built; `prepare` changes it, and `documents` in it are linted with one call. Gives the rules that fired, by document. */
export function lintCopy(
  prepare: (folder: string) => void,
  documents: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), "fg-mutants-"));
  try {
    cpSync(join(root, "spec"), folder, {
      recursive: true,
      filter: (path) => !/\/(dist|node_modules|\.tmp-[^/]*)$/.test(path),
    });
    const config = readFileSync(configFile, "utf8").replace("../packages/", `${root}packages/`);
    writeFileSync(join(folder, "redocly.yaml"), config);
    prepare(folder);
    const reports = rulesThatFired(folder, documents);
    return new Map(documents.map((document, index) => [document, reports[index] ?? []]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Writes a file of the copy, with its folders. */
export function writeIn(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function rulesThatFired(folder: string, documents: readonly string[]): readonly (readonly string[])[] {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [cli, "lint", ...documents, "--config", "redocly.yaml", "--format=json", "--max-problems=100"],
    {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 256 * 1024 * 1024,
      env: { ...process.env, REDOCLY_TELEMETRY: "off" },
    },
  );
  // Redocly writes one JSON object after the other, one for each document.
  const reports = stdout.split(/(?<=^\})\s*(?=\{)/m).filter((text) => text.trim() !== "");
  if (reports.length !== documents.length)
    throw new Error(`Redocly told of ${reports.length} documents instead of ${documents.length}:\n${stderr}`);
  return reports.map((text) => {
    const { problems }: { problems: readonly { readonly ruleId: string }[] } = JSON.parse(text);
    return [...new Set(problems.map(({ ruleId }) => ruleId))].sort();
  });
}
