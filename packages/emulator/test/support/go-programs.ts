import { execFile, execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const fixtures = fileURLToPath(new URL("../fixtures/go/", import.meta.url));

/** Why Go programs cannot be built here; `undefined` when they can. */
export const missingGo: string | undefined = findGo();

/** A Go program that was built from `test/fixtures/go`. */
export interface GoProgram {
  readonly path: string;
  readonly bytes: Uint8Array;
  remove(): Promise<void>;
}

/** Builds a program of a folder of `test/fixtures/go`. */
export async function buildGo(fixture: string): Promise<GoProgram> {
  const folder = await mkdtemp(join(tmpdir(), "functiongraph-go-"));
  const path = join(folder, fixture);
  // Without C the program needs no library, and Go no C compiler; without what debuggers need it is half as large.
  const env = { ...process.env, CGO_ENABLED: "0", GO111MODULE: "off", GOFLAGS: "" };
  await promisify(execFile)(
    "go",
    ["build", "-ldflags=-s -w", "-o", path, join(fixtures, fixture, "main.go")],
    {
      env,
    },
  );
  return { path, bytes: await readFile(path), remove: () => rm(folder, { recursive: true, force: true }) };
}

function findGo(): string | undefined {
  try {
    execFileSync("go", ["version"], { stdio: "ignore" });
    return undefined;
  } catch {
    return "there is no go on this machine";
  }
}
