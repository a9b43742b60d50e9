import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { compileProject } from "../compile-project.ts";
import { readme, snippets } from "./readme-snippets.ts";

const resolve = createRequire(import.meta.url).resolve;
const scratch = mkdtempSync(join(tmpdir(), "functiongraph-readme-"));

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** What the text around the snippets takes for given. */
const context = `
declare const fg: import("@functiongraph/client").FunctionGraph;
declare const function_urn: string;
`;

/** What the compiler says of the snippets, each a module of its own in a strict project that has the package installed. */
function compile(codes: readonly string[]): string {
  for (const name of ["@functiongraph/client", "@types/node"]) {
    const link = join(scratch, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    rmSync(link, { force: true });
    symlinkSync(dirname(resolve(`${name}/package.json`)), link);
  }
  const files = codes.map((code, i) => {
    writeFileSync(join(scratch, `snippet-${i + 1}.ts`), `${code}\nexport {};\n`);
    return `snippet-${i + 1}.ts`;
  });
  writeFileSync(join(scratch, "context.d.ts"), context);
  writeFileSync(join(scratch, "package.json"), '{ "type": "module" }');
  const compilerOptions = {
    target: "es2022",
    module: "nodenext",
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    types: ["node"],
    // The declarations themselves, which take the most time, are checked with the consumer's programs.
    skipLibCheck: true,
  };
  const configuration = join(scratch, "tsconfig.json");
  writeFileSync(configuration, JSON.stringify({ compilerOptions, files: ["context.d.ts", ...files] }));
  return compileProject(configuration);
}

test("every snippet of the client's README compiles", { timeout: 60_000 }, () => {
  expect(snippets.length).toBeGreaterThanOrEqual(10);
  expect(compile(snippets)).toBe("");
});

test("a snippet with a mistake would not", { timeout: 60_000 }, () => {
  expect(compile(["await fg.listFunctions({ query: { maxitem: 10 } });"])).toContain("snippet-1.ts(1,");
});

test("the README names every subpath of the package", () => {
  const { exports } = JSON.parse(readFileSync(resolve("@functiongraph/client/package.json"), "utf8"));
  for (const path of Object.keys(exports)) {
    if (path !== "./package.json")
      expect(readme).toContain(
        path === "." ? '"@functiongraph/client"' : `@functiongraph/client/${path.slice(2)}"`,
      );
  }
});
