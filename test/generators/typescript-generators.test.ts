import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { compileProject } from "../compile-project.ts";
import { distFile, missingIn } from "./bundle.ts";
import { findCommand, findInstalled } from "./find-installed.ts";
import { runOffline } from "./offline.ts";
import { typescriptGenerators } from "./typescript-generators.ts";

const scratch = mkdtempSync(join(tmpdir(), "functiongraph-generators-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("independent generators make TypeScript that compiles strictly and has every operation", () => {
  for (const { name, document, command, args, entry, imports, operationIds } of typescriptGenerators) {
    test(`${name} from ${document}`, { timeout: 60_000 }, () => {
      const folder = join(scratch, command);
      mkdirSync(folder, { recursive: true });

      const generated = runOffline(
        process.execPath,
        [findCommand(command), ...args(distFile(document))],
        folder,
      );
      expect(generated, generated.output).toMatchObject({ status: 0 });

      const sources = sourcesOf(folder);
      expect(missingIn(sources.map(([, text]) => text).join("\n"), operationIds)).toEqual([]);

      // Some generators switch the checks off in what they write.
      for (const [path, text] of sources) writeFileSync(path, text.replaceAll("@ts-nocheck", ""));
      for (const imported of imports) link(imported, findCommand(command), folder);
      writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
      const configuration = join(folder, "tsconfig.json");
      writeFileSync(configuration, JSON.stringify({ compilerOptions, files: [entry] }));
      expect(compileProject(configuration)).toBe("");
    });
  }
});

const compilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: "es2022",
  module: "esnext",
  moduleResolution: "bundler",
  lib: ["es2022", "dom", "dom.iterable"],
  types: [],
};

function sourcesOf(folder: string): [path: string, text: string][] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => [join(folder, name), readFileSync(join(folder, name), "utf8")]);
}

/** Puts a package where the result's imports find it, in the version that belongs to its generator. */
function link(name: string, generator: string, folder: string): void {
  const target = join(folder, "node_modules", name);
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(findInstalled(name, dirname(generator)), target, "dir");
}
