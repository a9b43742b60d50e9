import { expect, test } from "vitest";
import type { Catalogue } from "../errors/catalogue.ts";
import type { JsonObject } from "../openapi.ts";
import { embedTypes } from "./embed-types.ts";
import { generateClient } from "./generate-client.ts";

const text = (schema: JsonObject): JsonObject => ({ content: { "application/json": { schema } } });

const document: JsonObject = {
  openapi: "3.1.0",
  security: [{ token: [] }],
  paths: {
    "/v2/{project_id}/things": {
      parameters: [{ name: "project_id", in: "path", example: "p" }],
      get: {
        operationId: "listThings",
        summary: "List things",
        description: "Lists them. All.\n\nMore.",
        "x-fg-errors": ["FSS.1"],
        "x-fg-pagination": {
          style: "marker",
          in: "query",
          position: "marker",
          limit: "limit",
          items: "a.things",
          next: "next",
        },
        parameters: [{ name: "limit", in: "query", example: "5" }],
        responses: { "200": text({ type: "object" }) },
      },
      post: {
        operationId: "showMatchingThings",
        summary: "Find things",
        deprecated: true,
        "x-fg-replacement": "listThings",
        requestBody: {
          required: true,
          content: { "application/json": { examples: { one: { value: { name: "a" } } } } },
        },
        responses: { "204": { description: "Done." } },
      },
    },
    "/v2/{project_id}/fgs/functions/{function_urn}/code": {
      get: {
        operationId: "exportFunction",
        summary: "Export",
        parameters: [{ name: "function_urn", in: "path", example: "hello" }],
        responses: { "200": { content: { "application/zip": {} } } },
      },
    },
    "/v3/auth/tokens": {
      post: {
        operationId: "createToken",
        summary: "Sign in",
        servers: [{ url: "https://iam.example.com" }],
        security: [],
        responses: { "201": { headers: { "X-Subject-Token": {} }, ...text({ type: "object" }) } },
      },
    },
  },
};
const entry = { message: null, status: null, editions: [], cause: "C.", operations: [] };
const catalogue: Catalogue = {
  codes: { "FSS.1": { ...entry, remedy: 'Say "no".' } },
  gateway: { "APIGW.1": { ...entry, remedy: "Wait." } },
};
const modules = generateClient(document, catalogue);

test("the table has a line for each operation, with what does not follow from its name", () => {
  expect(modules["operations.ts"]?.split("`")[1]?.split("\n")).toEqual([
    "listThings ^/things - a.things query marker next",
    "showMatchingThings ^/things pbn",
    "exportFunction ~/code y",
    "createToken /v3/auth/tokens t",
  ]);
});

test("the methods carry summary, first paragraph, errors and replacement", () => {
  const methods = modules["methods.ts"] ?? "";
  expect(methods).toContain(
    "   * List things.\n   *\n   * Lists them. All.\n   *\n   * `GET /v2/{project_id}/things`\n   *\n   * Errors of its own: FSS.1;",
  );
  expect(methods).toContain('readonly listThings: PagedMethod<"listThings", "a.things">;');
  expect(methods).toContain(
    "   * @deprecated Use `listThings`.\n   */\n  readonly showMatchingThings: Method<",
  );
  expect(methods).not.toContain("More.");
});

test("the example calls are written out", () => {
  const calls = modules["example-calls.ts"];
  expect(calls).toContain('fg.listThings({ query: { limit: "5" } })');
  expect(calls).toContain('fg.showMatchingThings({ body: { name: "a" } })');
  expect(calls).toContain("fg.createToken()");
});

test("the remedies are sorted by code", () => {
  expect(modules["remedies.ts"]).toContain('{\n  "APIGW.1": "Wait.",\n  "FSS.1": "Say \\"no\\".",\n}');
});

test("a method that neither verb nor flag can tell is refused", () => {
  const odd = {
    paths: { "/v2/x": { patch: { operationId: "showX", summary: "X", responses: {} } } },
    security: [{ token: [] }],
  };
  expect(() => generateClient(odd, catalogue)).toThrow("showX is PATCH");
});

test.each([
  ["an operation of IAM under another path", { servers: [] }, "for IAM's"],
  ["another operation without credentials", { security: [] }, "for what needs no credentials"],
])("%s is refused", (_what, more, message) => {
  const operation: JsonObject = { operationId: "showX", summary: "X", responses: {}, ...more };
  const odd = { paths: { "/v2/x": { get: operation } }, security: [{ token: [] }] };
  expect(() => generateClient(odd, catalogue)).toThrow(message);
});

test("embedded types lose indentation, events and repeated comments, and nothing else", () => {
  const schema = [
    "export interface paths {\n    /** Gone. */\n    a: operations;\n}\n",
    "export interface webhooks {\n    b: string;\n}\n",
    "export interface components {\n    /**\n     * Stays.\n     */\n    c: {\n        d: string;\n    };\n}\n",
    "export interface operations {\n    e: {\n        /** Stays, too. */\n        f: string;\n        /** Gone. */\n        200: string;\n    };\n}\n",
  ].join("");
  const files = embedTypes(
    (name) => (name === "generated/schema.d.ts" ? schema : name),
    ["a", "b"],
    ["FSS.1"],
  );
  expect(files["generated/schema.d.ts"]).toBe(
    [
      "export interface paths {\na: operations;\n}\n",
      "export interface components {\n/**\n* Stays.\n*/\nc: {\nd: string;\n};\n}\n",
      "export interface operations {\ne: {\n/** Stays, too. */\nf: string;\n200: string;\n};\n}\n",
    ].join(""),
  );
  expect(files["generated/operations.d.ts"]).toContain('OperationId = "a" | "b";');
  expect(files["generated/errors.d.ts"]).toContain('ErrorCode = "FSS.1";');
  expect(files["other.js"]).toBe("other.js");
});
