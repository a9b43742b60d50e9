import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { writeZip } from "../../zip/write-zip.ts";

/** Folder with the sources of the runner, and of the interfaces that functions are compiled against. */
export const javaSources: string = fileURLToPath(new URL("../../../runners/java", import.meta.url));

/** The runner reaches its channel, and sets environment variables, through these packages of Java. */
const manifest =
  "Manifest-Version: 1.0\r\nMain-Class: functiongraph.runner.Main\r\nAdd-Opens: java.base/java.io java.base/java.lang java.base/java.util\r\n\r\n";

const compiling = new Map<string, Promise<string>>();

/**
 * Compiles the runner into a folder, for Java 8 and newer, unless it is there already, and resolves to its archive. Its name holds a digest
 * of the sources; starts at the same time share one compilation, and other emulators with the same folder find a whole archive or none.
 * @throws Error with what the compiler said
 */
export function compileRunner(compiler: string, cacheFolder: string): Promise<string> {
  let archive = compiling.get(cacheFolder);
  if (!archive) {
    archive = compile(compiler, cacheFolder);
    compiling.set(cacheFolder, archive);
    // It is there from now on, and if not, another attempt may succeed.
    void archive.then(
      () => compiling.delete(cacheFolder),
      () => compiling.delete(cacheFolder),
    );
  }
  return archive;
}

async function compile(compiler: string, cacheFolder: string): Promise<string> {
  const sources = (await filesBelow(javaSources)).filter((path) => path.endsWith(".java"));
  const hash = createHash("sha256").update(manifest);
  for (const path of sources)
    hash
      .update(path)
      .update("\0")
      .update(await readFile(join(javaSources, path)));
  const archive = join(cacheFolder, `java-runner-${hash.digest("hex").slice(0, 16)}.jar`);
  if (existsSync(archive)) return archive;
  const draft = `${archive}.${randomBytes(4).toString("hex")}`;
  const classes = `${draft}.classes`;
  await mkdir(classes, { recursive: true });
  try {
    await runCompiler(
      compiler,
      classes,
      sources.map((path) => join(javaSources, path)),
    );
    const files = (await filesBelow(classes)).map(async (path) => ({
      path,
      bytes: await readFile(join(classes, path)),
    }));
    const manifestFile = { path: "META-INF/MANIFEST.MF", bytes: Buffer.from(manifest) };
    await writeFile(draft, await writeZip([manifestFile, ...(await Promise.all(files))]), { mode: 0o444 });
    await rename(draft, archive);
  } finally {
    await rm(classes, { recursive: true, force: true });
  }
  return archive;
}

async function runCompiler(compiler: string, classes: string, sources: readonly string[]): Promise<void> {
  const run = (target: readonly string[]): Promise<unknown> =>
    promisify(execFile)(compiler, [...target, "-encoding", "UTF-8", "-nowarn", "-d", classes, ...sources]);
  // Java 8 itself does not know the option; a Java of the future may have given up so old a target.
  const targets = [
    ["--release", "8"],
    ["-source", "8", "-target", "8"],
    ["--release", "11"],
  ];
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
