import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compileProject } from "../compile-project.ts";
import { type ReaderProject, readerProject } from "./reader-project.ts";

let project: ReaderProject;

const resolutions = [
  { module: "nodenext", moduleResolution: "nodenext" },
  { module: "esnext", moduleResolution: "bundler" },
] as const;
const environments = [
  { program: "consumer-program.ts", lib: ["es2023"], types: ["node"] },
  { program: "browser-program.ts", lib: ["es2022", "dom", "dom.iterable"], types: [] },
] as const;

beforeAll(() => {
  project = readerProject();
  project.link("@types/node");
  for (const { program } of environments)
    copyFileSync(fileURLToPath(new URL(program, import.meta.url)), join(project.folder, program));
}, 60_000);

afterAll(() => project.remove());

/** What the compiler complains about in a program. */
function compile(program: string, options: Readonly<Record<string, unknown>>): string {
  const compilerOptions = {
    target: "es2022",
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: true,
    verbatimModuleSyntax: true,
    noEmit: true,
    // What the compiler brings itself is not checked: that takes half of the time, and a clash with it is told where the package has it.
    skipDefaultLibCheck: true,
    ...options,
  };
  const configuration = join(project.folder, "tsconfig.json");
  writeFileSync(configuration, JSON.stringify({ compilerOptions, files: [program] }));
  return compileProject(configuration);
}

describe("a strict consumer compiles against the packed client", { timeout: 120_000 }, () => {
  for (const resolution of resolutions) {
    for (const { program, ...environment } of environments) {
      for (const skipLibCheck of [true, false]) {
        test(`${program} with ${resolution.moduleResolution} and skipLibCheck ${skipLibCheck}`, () => {
          expect(compile(program, { ...resolution, ...environment, skipLibCheck })).toBe("");
        });
      }
    }
  }

  test("and hears of a mistake", () => {
    const mistake =
      'import { createFunctionGraph } from "@functiongraph/client";\ncreateFunctionGraph({});\n';
    writeFileSync(join(project.folder, "mistake.ts"), mistake);
    expect(compile("mistake.ts", { ...resolutions[0], types: ["node"], skipLibCheck: true })).toContain(
      "mistake.ts(2,21): error TS2345",
    );
  });
});
