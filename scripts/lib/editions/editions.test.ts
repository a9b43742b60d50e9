import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OperationFacts } from "../coverage/facts.ts";
import { collectEditions } from "./collect.ts";
import { SourceFiles } from "./source-files.ts";
import { writeEditions } from "./write.ts";

const sources = {
  "openapi.yaml": "paths:\n  /a:\n    $ref: paths/a.yaml\n",
  "paths/a.yaml": `# a comment that stays
get:
  operationId: listA
  parameters:
    - $ref: ../parameters/Size.yaml
  responses:
    '200':
      description: The list.
      content:
        application/json:
          schema:
            type: array
            items:
              $ref: ../schemas/A.yaml
`,
  "parameters/Size.yaml": "{ name: size, in: query, schema: { type: string } }\n",
  "schemas/A.yaml": `type: object
properties:
  name:
    type: string
    description: >-
      Folded text
      over two lines.
  kind: { type: string }
  other:
    type: string
    x-fg-editions: [captured]
`,
};

const facts = [
  {
    operationId: "listA",
    method: "GET",
    path: "/a",
    editions: ["otc-2026", "hwc-2023"],
    pathParameters: [],
    query: [{ path: "size", sources: ["hwc-2023"] }],
    headers: [],
    request: [],
    response: [
      { path: "[].name", sources: ["hwc-2023"] },
      { path: "[].kind", sources: ["sdk-3.1.211"] },
      { path: "[].other", sources: ["hwc-2024"] },
    ],
    responseHeaders: [],
  },
] as unknown as OperationFacts[];

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "functiongraph-editions-"));
  for (const [name, text] of Object.entries(sources)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const annotate = () => {
  const files = new SourceFiles(folder);
  return Object.fromEntries(
    [...writeEditions(files, collectEditions(files, facts))].map(([file, text]) => [
      files.nameOf(file),
      text,
    ]),
  );
};

describe("x-fg-editions from the facts", () => {
  it("are added as one line each, in the order of the editions, and nothing else changes", () => {
    const changed = annotate();
    expect(changed["paths/a.yaml"]).toBe(`${sources["paths/a.yaml"]}  x-fg-editions: [hwc-2023, otc-2026]\n`);
    expect(changed["schemas/A.yaml"]).toBe(
      sources["schemas/A.yaml"]
        .replace("over two lines.\n", "over two lines.\n    x-fg-editions: [hwc-2023]\n")
        .replace("kind: { type: string }", "kind: { type: string, x-fg-editions: [sdk-3.1.211] }")
        .replace("[captured]", "[hwc-2024, captured]"),
    );
  });

  it("are added to a parameter written in one line", () => {
    expect(annotate()["parameters/Size.yaml"]).toBe(
      "{ name: size, in: query, schema: { type: string }, x-fg-editions: [hwc-2023] }\n",
    );
  });

  it("leave files alone that have them already", () => {
    for (const [name, text] of Object.entries(annotate())) writeFileSync(join(folder, name), text);
    expect(annotate()).toEqual({});
  });
});
