import { execFile, execFileSync } from "node:child_process";
import { mkdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
/** With the stand-in for the service's library below `src`. */
const path = fileURLToPath(new URL("../fixtures/go", import.meta.url));
/** Stays from run to run: only what has changed is compiled, and Go's own library once. */
const cache = join(root, "node_modules/.cache/functiongraph-go");

/** Why Go programs cannot be built here; `undefined` when they can. */
export const missingGo: string | undefined = findGo();

/** A Go program that has been built. */
export interface GoProgram {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Builds a program of a folder of `test/fixtures/go`. */
export function buildGo(fixture: string): Promise<GoProgram> {
  return buildGoSource(join(path, fixture, "main.go"));
}

/** Builds a program of one source file, which may import the stand-in for the service's library. */
export async function buildGoSource(source: string): Promise<GoProgram> {
  const program = join(cache, "programs", relative(root, source).replace(/\.go$/, "").replaceAll("/", "-"));
  await mkdir(join(cache, "temporary"), { recursive: true });
  const env = {
    ...process.env,
    // Without C the program needs no library, and Go no C compiler.
    CGO_ENABLED: "0",
    // Nothing is fetched.
    GO111MODULE: "off",
    GOFLAGS: "",
    GOPATH: path,
    GOCACHE: join(cache, "compiled"),
    // On the disk of the programs, so that they are renamed into their places.
    GOTMPDIR: join(cache, "temporary"),
  };
  // Without what debuggers need it is half as large.
  await promisify(execFile)("go", ["build", "-ldflags=-s -w", "-o", program, source], { env });
  return { path: program, bytes: await readFile(program) };
}

function findGo(): string | undefined {
  try {
    execFileSync("go", ["version"], { stdio: "ignore" });
    return undefined;
  } catch {
    return "there is no go on this machine";
  }
}
