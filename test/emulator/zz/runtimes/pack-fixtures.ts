import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { createCodePackage } from "@functiongraph/client/zip";
import type { Packed } from "./runtime-under-test.ts";

/** Folder with a folder for each runtime. */
export const fixtures: string = fileURLToPath(new URL("../fixtures/", import.meta.url));

/** Files of a folder by their paths in it. The ending `.source`, by which tools leave a file alone, is taken off; `bootstrap` can be executed. */
export async function readFiles(
  folder: string,
): Promise<Record<string, { content: Uint8Array; mode: number }>> {
  const files: Record<string, { content: Uint8Array; mode: number }> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path)
      .split(sep)
      .join("/")
      .replace(/\.source$/, "");
    files[name] = { content: await readFile(path), mode: name === "bootstrap" ? 0o755 : 0o644 };
  }
  return files;
}

/** Packs the fixtures of some folders into one package. */
export async function packFixtures(...folders: readonly string[]): Promise<Packed> {
  const files = await Promise.all(folders.map((folder) => readFiles(join(fixtures, folder))));
  const { base64 } = await createCodePackage(Object.assign({}, ...files));
  return { code_type: "zip", code_filename: "fixtures.zip", func_code: { file: base64 } };
}
