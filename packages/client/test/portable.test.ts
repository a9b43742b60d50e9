import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** Every file that a module imports, itself included, with its source. */
function reach(file: URL, reached: Map<string, string> = new Map()): Map<string, string> {
  if (reached.has(file.href)) return reached;
  const source = readFileSync(file, "utf8");
  reached.set(file.href, source);
  for (const [, imported = ""] of source.matchAll(/ from "([^"]+)"/g)) {
    if (imported.startsWith(".")) reach(new URL(imported, file), reached);
    else reached.set(imported, "");
  }
  return reached;
}

test.each(["sign", "urn", "zip"])(
  "./%s imports nothing but its own files and names no global of Node's",
  (module) => {
    const files = reach(new URL(`../src/${module}/index.ts`, import.meta.url));
    expect(files.size).toBeGreaterThan(3);
    expect([...files.keys()].filter((name) => !name.startsWith("file:"))).toEqual([]);
    const code = [...files].map(([name, source]) => [
      name,
      source.replaceAll(/\/\*\*[\s\S]*?\*\/|\/\/.*/g, ""),
    ]);
    expect(
      code.filter(([, source]) =>
        /\b(Buffer|setImmediate|__dirname|require)\b|\bprocess\./.test(source ?? ""),
      ),
    ).toEqual([]);
  },
);
