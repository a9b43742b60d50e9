import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningFunctions, runFunctions } from "../../../test/support/running-functions.ts";

let functions: RunningFunctions;
beforeAll(async () => {
  functions = await runFunctions();
});
afterAll(() => functions.close());

interface ErrorObject {
  readonly errorType: string;
  readonly stackTrace: readonly string[];
}

/** The error object with which a function ends, more than once if a call tells it. */
async function failures(files: Readonly<Record<string, string>>): Promise<readonly ErrorObject[]> {
  const spec = await functions.add(files, { timeout: 10 });
  const found: ErrorObject[] = [];
  for (let call = 0; call < 2; call += 1) {
    const { code, value } = await functions.call(spec);
    expect(code).toBe(4002);
    // The error object, as its code says.
    found.push(value as ErrorObject);
  }
  return found;
}

const fault = "let a = 1;\nlet b = ;\n";

describe("the trace of what cannot be read as a program begins with its file and line:", () => {
  test.each<[string, Record<string, string>, string]>([
    ["the module itself", { "index.js": fault }, "at ./index.js:2:9"],
    [
      "a module that it requires",
      { "index.js": 'exports.handler = require("./lib/b").h', "lib/b.js": fault },
      "at ./lib/b.js:2:9",
    ],
    [
      "one that it requires in a call",
      { "index.js": 'exports.handler = async () => require("./b")', "b.js": fault },
      "at ./b.js:2:9",
    ],
    ["an indented line", { "index.js": "exports.handler = () => {\n\t  return );\n}" }, "at ./index.js:2:11"],
    [
      "import in a file that is no module",
      { "index.js": '\nimport { a } from "./a.js"', "package.json": '{"type": "commonjs"}' },
      "at ./index.js:2:1",
    ],
    [
      "an ES module that it imports",
      { "index.mjs": 'import { h } from "./b.mjs"; export const handler = h', "b.mjs": fault },
      "at ./b.mjs:2:9",
    ],
    [
      "a package of ES modules",
      { "index.js": `export const handler = 1;\n${fault}`, "package.json": '{"type": "module"}' },
      "at ./index.js:3:9",
    ],
    [
      "an ES module that it imports in a call",
      { "index.js": 'exports.handler = async () => import("./b.mjs")', "b.mjs": fault },
      "at ./b.mjs:2:9",
    ],
    [
      "a name that a module does not export",
      { "index.mjs": 'import { h } from "./b.mjs"; export const handler = h', "b.mjs": "export const a = 1" },
      "at ./index.mjs:1:10",
    ],
  ])("%s", async (_what, files, place) => {
    for (const { errorType, stackTrace } of await failures(files)) {
      expect(errorType).toBe("SyntaxError");
      expect(stackTrace[0]).toBe(place);
      expect(stackTrace.join("\n")).not.toContain(tmpdir());
    }
  });
});

test.each<[string, string, string]>([
  ["of data that is no JSON", "JSON.parse('{')", "at JSON.parse (<anonymous>)"],
  [
    "whose text looks like a place",
    "throw new SyntaxError('/b.js:2\\nlet b\\n  ^')",
    "at exports.handler (./index.js",
  ],
])("a syntax error %s has its frames only", async (_what, code, first) => {
  const [failure] = await failures({ "index.js": `exports.handler = async () => { ${code} }` });
  expect(failure?.stackTrace[0]).toContain(first);
});
