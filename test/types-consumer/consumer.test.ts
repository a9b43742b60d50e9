import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pack, unpack } from "../client/pack.ts";
import { compileProject } from "../compile-project.ts";

const packageFolder = fileURLToPath(new URL("../../packages/types", import.meta.url));
const program = fileURLToPath(new URL("program.ts", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "functiongraph-consumer-"));

/** A reader's project: the packed package in node_modules, one program, and the strictest settings. */
beforeAll(() => {
  unpack(pack(packageFolder, scratch), join(scratch, "node_modules", "@functiongraph", "types"));
  copyFileSync(program, join(scratch, "program.ts"));
  writeFileSync(join(scratch, "readme.ts"), exampleOf(join(packageFolder, "README.md")));
  writeFileSync(join(scratch, "package.json"), '{ "type": "module" }');
}, 60_000);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const resolutions = [
  { module: "nodenext", moduleResolution: "nodenext" },
  { module: "esnext", moduleResolution: "bundler" },
] as const;

describe("a strict consumer compiles against the packed types", { timeout: 60_000 }, () => {
  for (const resolution of resolutions) {
    for (const skipLibCheck of [true, false]) {
      test(`with ${resolution.moduleResolution} and skipLibCheck ${skipLibCheck}`, () => {
        expect(compile({ ...resolution, skipLibCheck, noEmit: true })).toBe("");
      });
    }
  }

  test("in a browser's environment", () => {
    expect(
      compile({ module: "esnext", moduleResolution: "bundler", lib: ["es2022", "dom"], noEmit: true }),
    ).toBe("");
  });

  test("and runs on Node.js, every entry point included", () => {
    expect(compile({ module: "nodenext", moduleResolution: "nodenext", outDir: "out" })).toBe("");
    const script = 'import("./out/program.js").then(({ report }) => console.log(JSON.stringify(report)))';
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--input-type=module", "--eval", script],
      {
        cwd: scratch,
        encoding: "utf8",
      },
    );
    expect(status, stderr).toBe(0);
    expect(JSON.parse(stdout)).toEqual(["POST", "/v2/{project_id}/fgs/functions", 404, true, true]);
  });
});

test("the package holds neither tests nor sources", () => {
  const files = readdirSync(join(scratch, "node_modules", "@functiongraph", "types"), {
    recursive: true,
    encoding: "utf8",
  });
  expect(files.filter((name) => /\.test|(?<!\.d)\.ts$/.test(name))).toEqual([]);
});

/** The program in a README. */
function exampleOf(path: string): string {
  const [, example = ""] = /```ts\n(.*?)```/s.exec(readFileSync(path, "utf8")) ?? [];
  expect(example).not.toBe("");
  return example;
}

/** What the compiler complains about. */
function compile(options: Record<string, unknown>): string {
  const strict = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    // What the compiler brings itself is not checked: that takes half of the time, and a clash with it is told where the package has it.
    skipDefaultLibCheck: true,
  };
  const compilerOptions = { target: "es2022", lib: ["es2022"], types: [], ...strict, ...options };
  const configuration = join(scratch, "tsconfig.json");
  writeFileSync(configuration, JSON.stringify({ compilerOptions, files: ["program.ts", "readme.ts"] }));
  return compileProject(configuration);
}
