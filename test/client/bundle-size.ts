import { gzipSync } from "node:zlib";
import { build, type Metafile, type Platform } from "esbuild";

/** Bytes of a bundle after gzip, as they are transferred. */
export interface BundleSize {
  /** What a program loads at its start: the entry, and the chunks that it imports at once. */
  readonly atOnce: number;
  /** The chunks that are loaded when they are needed, by their names. */
  readonly later: Readonly<Record<string, number>>;
}

/** The size of a program's bundle, minified, as ES modules in chunks. */
export async function bundleSize(
  program: string,
  folder: string,
  platform: Platform = "browser",
): Promise<BundleSize> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: folder, sourcefile: "entry.js" },
    bundle: true,
    minify: true,
    format: "esm",
    splitting: true,
    platform,
    outdir: folder,
    absWorkingDir: folder,
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const sizes = new Map(
    outputFiles.map(({ path, contents }) => [
      path.slice(folder.length + 1),
      gzipSync(contents, { level: 9 }).length,
    ]),
  );
  const started = new Set<string>();
  const [entry = ""] = Object.keys(metafile.outputs).filter(
    (name) => metafile.outputs[name]?.entryPoint === "entry.js",
  );
  follow(entry, metafile, started);
  return {
    atOnce: [...started].reduce((sum, name) => sum + (sizes.get(name) ?? Number.NaN), 0),
    later: Object.fromEntries([...sizes].filter(([name]) => !started.has(name))),
  };
}

/** Adds a chunk and all that it imports at once. */
function follow(name: string, metafile: Metafile, seen: Set<string>): void {
  if (seen.has(name)) return;
  seen.add(name);
  for (const { path, kind } of metafile.outputs[name]?.imports ?? [])
    if (kind === "import-statement" && path in metafile.outputs) follow(path, metafile, seen);
}
