import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { writeZip } from "../../zip/write-zip.ts";
import { findArchive, keepArchive } from "./kept-archive.ts";

/** Folder with the sources of the runner, and of the interfaces that functions are compiled against. */
export const javaSources: string = fileURLToPath(new URL("../../../runners/java", import.meta.url));

/** The runner reaches its channel, and sets environment variables, through these packages of Java. */
const manifest =
  "Manifest-Version: 1.0\r\nMain-Class: functiongraph.runner.Main\r\nAdd-Opens: java.base/java.io java.base/java.lang java.base/java.util\r\n\r\n";

/** Compiling takes a second: these halve the work of a compiler that runs once. A Java that does not know them goes without. */
const briefly = ["-XX:+IgnoreUnrecognizedVMOptions", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"];

/** What the runner is compiled with and for. */
export interface RunnerCompilation {
  readonly compiler: string;
  /** The Java that it will run on: 17. */
  readonly major: number;
  /** Folders that may have it from an earlier start, and get it: this emulator's own first. */
  readonly cacheFolders: readonly [string, ...string[]];
  /** Ends it. */
  readonly signal?: AbortSignal;
}

/**
 * Compiles the runner, for Java 8 and newer where the compiler can, unless one of the folders has it already, and resolves to its archive. Other
 * emulators with the same folders find a whole archive or none.
 * @throws Error with what the compiler said
 */
export async function compileRunner({
  compiler,
  major,
  cacheFolders,
  signal,
}: RunnerCompilation): Promise<string> {
  const sources = (await filesBelow(javaSources)).filter((path) => path.endsWith(".java"));
  const hash = createHash("sha256").update(manifest);
  for (const path of sources)
    hash
      .update(path)
      .update("\0")
      .update(await readFile(join(javaSources, path)));
  const name = `java-runner-${hash.digest("hex").slice(0, 16)}-${major}`;
  const found = await findArchive(cacheFolders, name);
  if (found !== undefined) return found;
  await mkdir(cacheFolders[0], { recursive: true });
  const classes = await mkdtemp(join(cacheFolders[0], "java-classes-"));
  try {
    const paths = sources.map((path) => join(javaSources, path));
    await runCompiler([compiler, "-d", classes], paths, signal);
    const files = (await filesBelow(classes)).map(async (path) => ({
      path,
      bytes: await readFile(join(classes, path)),
    }));
    const manifestFile = { path: "META-INF/MANIFEST.MF", bytes: Buffer.from(manifest) };
    const archive = await writeZip([manifestFile, ...(await Promise.all(files))]);
    // The folder may be gone by then.
    signal?.throwIfAborted();
    return await keepArchive(cacheFolders, name, archive);
  } finally {
    await rm(classes, { recursive: true, force: true });
  }
}

async function runCompiler(
  [compiler, ...where]: [string, ...string[]],
  sources: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const options = [...briefly.map((option) => `-J${option}`), "-proc:none", "-encoding", "UTF-8", "-nowarn"];
  const run = (target: readonly string[]): Promise<unknown> =>
    promisify(execFile)(compiler, [...options, ...target, ...where, ...sources], {
      killSignal: "SIGKILL",
      ...(signal && { signal }),
    });
  // Java 8 itself does not know the option; a Java of the future may have given up so old a target.
  const targets = [["--release", "8"], ["-source", "8", "-target", "8"], ["--release", "11"], []];
  let failure: unknown;
  for (const target of targets) {
    try {
      await run(target);
      return;
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure;
}

/** Relative paths with `/` between their parts, in order. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
