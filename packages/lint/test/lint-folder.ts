import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const cli = join(
  dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json")),
  "bin",
  "cli.js",
);
const plugin = fileURLToPath(new URL("../.vitest/plugin/index.js", import.meta.url));

/** A problem as Redocly tells it, with the file and the pointer of its first place. */
export interface Problem {
  readonly rule: string;
  readonly message: string;
  readonly file: string;
  readonly pointer: string;
}

export interface Folder {
  /** Files by path; objects are written as JSON, which is YAML, too. */
  readonly files: Readonly<Record<string, unknown>>;
  /** Rules of redocly.yaml. */
  readonly rules: Readonly<Record<string, unknown>>;
  /** The descriptions to lint, in this order. */
  readonly documents: readonly string[];
}

/** Lints the documents with one call of the real command line; one list of problems for each document. */
export async function lintFolder({
  files,
  rules,
  documents,
}: Folder): Promise<readonly (readonly Problem[])[]> {
  const folder = mkdtempSync(join(tmpdir(), "fg-lint-"));
  try {
    const all = { ...files, "redocly.yaml": { telemetry: "off", plugins: [plugin], rules } };
    for (const [path, content] of Object.entries(all)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(
        join(folder, path),
        typeof content === "string" ? content : JSON.stringify(content, null, 1),
      );
    }
    return parseReports(await run(folder, documents));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function run(folder: string, documents: readonly string[]): Promise<string> {
  const args = [
    cli,
    "lint",
    ...documents,
    "--config",
    "redocly.yaml",
    "--format=json",
    "--max-problems=10000",
  ];
  const options = {
    cwd: folder,
    env: { ...process.env, REDOCLY_TELEMETRY: "off" },
    maxBuffer: 64 * 1024 * 1024,
  };
  const { stdout } = await promisify(execFile)(process.execPath, args, options).catch((failure: unknown) => {
    // Status 1 only says that there are problems; they stand in the output.
    if (failure instanceof Error && "stdout" in failure && failure.stdout !== "")
      return { stdout: String(failure.stdout) };
    throw failure;
  });
  return stdout;
}

interface Report {
  readonly problems: readonly {
    readonly ruleId: string;
    readonly message: string;
    readonly location: readonly { readonly source: { readonly ref: string }; readonly pointer?: string }[];
  }[];
}

/** Redocly writes one JSON object after the other, one for each document. */
function parseReports(stdout: string): readonly (readonly Problem[])[] {
  return stdout
    .split(/(?<=^\})\s*(?=\{)/m)
    .map((text): Report => JSON.parse(text))
    .map(({ problems }) =>
      problems.map(({ ruleId, message, location: [place] }) => ({
        rule: ruleId,
        message,
        file: place?.source.ref ?? "",
        pointer: place?.pointer ?? "",
      })),
    );
}
