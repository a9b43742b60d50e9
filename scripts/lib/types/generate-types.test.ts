import { describe, expect, test } from "vitest";
import type { Catalogue } from "../errors/catalogue.ts";
import type { JsonObject } from "../openapi.ts";
import { generateTypes } from "./generate-types.ts";

const text = (schema: JsonObject): JsonObject => ({
  description: "Done.",
  content: { "application/json": { schema } },
});

const document: JsonObject = {
  openapi: "3.1.0",
  info: { title: "T", version: "1" },
  security: [{ token: [] }, { akSk: [] }],
  paths: {
    "/v2/{project_id}/things": {
      parameters: [{ $ref: "#/components/parameters/ProjectId" }],
      post: {
        operationId: "createThing",
        tags: ["things"],
        summary: "Create a thing",
        deprecated: true,
        "x-fg-replacement": "makeThing",
        "x-fg-errors": ["FSS.1"],
        servers: [
          {
            url: "https://{host}",
            description: "Elsewhere.",
            variables: { host: { default: "example.com" } },
          },
        ],
        security: [],
        parameters: [{ name: "limit", in: "query", schema: { type: "string" } }],
        requestBody: {
          required: true,
          content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } },
        },
        responses: {
          "201": {
            ...text({ $ref: "#/components/schemas/Thing" }),
            headers: { "X-Token": { schema: { type: "string", "x-fg-secret": true } } },
          },
          default: text({ type: "object" }),
        },
      },
    },
  },
  components: {
    parameters: { ProjectId: { name: "project_id", in: "path", required: true, schema: { type: "string" } } },
    schemas: {
      Color: {
        description: "A color, say */ red.",
        anyOf: [{ type: "string", enum: ["red", "green"] }, { type: "string" }],
        "x-fg-open-enum": true,
      },
      Thing: {
        type: "object",
        required: ["name"],
        properties: {
          name: { type: "string" },
          id: { type: "string", readOnly: true },
          kind: { type: "string", not: { enum: ["A", "B"] } },
          color: { $ref: "#/components/schemas/Color" },
          size: { type: ["integer", "null"], enum: [1, 2, null] },
          code: { type: "string", format: "binary" },
          keys: {
            type: "array",
            items: { type: "object", properties: { secret: { type: "string", "x-fg-secret": true } } },
          },
        },
      },
    },
  },
};

const entry = { message: "M.", editions: ["e"], cause: "C.", remedy: "R." };
const catalogue: Catalogue = {
  codes: {
    "FSS.2": { ...entry, status: 400, common: true, operations: ["createThing"] },
    "FSS.1": { ...entry, status: 409, operations: ["createThing"] },
  },
  gateway: { "APIGW.1": { ...entry, status: null, retryable: true, operations: [] } },
};

const modules = await generateTypes(document, catalogue);

describe("the generated modules", () => {
  test("are the same on every run", async () => {
    expect(await generateTypes(document, catalogue)).toEqual(modules);
  });

  test("leave the document alone", async () => {
    const before = structuredClone(document);
    await generateTypes(document, catalogue);
    expect(document).toEqual(before);
  });
});

describe("schema.ts", () => {
  const rows = [
    ["keeps the known values of an open enumeration", 'Color: "red" | "green" | (string & {});'],
    ["excludes strings from a string", 'kind?: Other<"A" | "B">;'],
    ["has a type for bytes", "code?: Binary;"],
    ["marks what only the service sets", "id?: $Read<string>;"],
    ["imports the better forms of the helpers", 'import type { $Read, $Write } from "../read-write.js";'],
  ] as const;
  for (const [name, want] of rows) test(name, () => expect(modules["schema.ts"]).toContain(want));

  test("does not bring its own forms of the helpers", () => {
    expect(modules["schema.ts"]).not.toMatch(/export type (\$Read|Readable|Writable)/);
  });
});

describe("models.ts", () => {
  test("gives a schema of both directions two types", () => {
    expect(modules["models.ts"]).toContain('export type Thing = Readable<components["schemas"]["Thing"]>;');
    expect(modules["models.ts"]).toContain(
      'export type ThingInput = Writable<components["schemas"]["Thing"]>;',
    );
  });

  test("has the description as a comment that cannot end early", () => {
    expect(modules["models.ts"]).toContain(
      '/** A color, say *\\/ red. */\nexport type Color = components["schemas"]["Color"];',
    );
  });

  test("refuses a schema with a name of the package", async () => {
    const clash = { ...document, components: { schemas: { Pagination: { type: "object" } } }, paths: {} };
    await expect(generateTypes(clash, catalogue)).rejects.toThrow(/Pagination.*name it otherwise/);
  });
});

test("operations.ts has a row with what a client needs", () => {
  expect(
    modules["operations.ts"],
  ).toBe(`// Made from the OpenAPI description by scripts/generate-types.ts: change the description, not this file.
/** Every operation by its operationId. */
export const operations = {
  /**
   * Create a thing.
   *
   * @deprecated
   */
  createThing: {
    method: "POST",
    path: "/v2/{project_id}/things",
    tag: "things",
    deprecated: true,
    replacement: "makeThing",
    pathParameters: ["project_id"],
    queryParameters: ["limit"],
    headerParameters: [],
    requestBody: { required: true, contentTypes: ["application/json"] },
    successStatus: 201,
    successStatuses: [201],
    responseContentTypes: ["application/json"],
    responseHeaders: ["X-Token"],
    pagination: null,
    authentication: [],
    servers: [{ url: "https://{host}", description: "Elsewhere.", variables: { host: "example.com" } }],
    regions: null,
    secrets: { request: ["keys.secret"], response: ["keys.secret"], responseHeaders: ["X-Token"] },
  },
} as const;

/** Identifier of an operation. */
export type OperationId = keyof typeof operations;
`);
});

test("enums.ts has named enumerations and those of properties, without null", () => {
  expect(modules["enums.ts"]).toContain('export const colorValues = ["red", "green"] as const;');
  expect(modules["enums.ts"]).toContain("Values of Color. The service may add more.");
  expect(modules["enums.ts"]).toContain("export const thingSizeValues = [1, 2] as const;");
  expect(modules["enums.ts"]).toContain('  "Thing.size": thingSizeValues,');
});

test("enums.ts refuses two enumerations of one name", async () => {
  const value = { type: "string", enum: ["a"] };
  const schemas = { AbC: value, Ab: { type: "object", properties: { c: value } } };
  await expect(generateTypes({ ...document, paths: {}, components: { schemas } }, catalogue)).rejects.toThrow(
    /AbC and Ab\.c/,
  );
});

test("enums.ts joins the values of the branches of a choice", async () => {
  const schemas = {
    A: {
      oneOf: [
        { type: "string", enum: ["a"] },
        { type: "string", enum: ["b"] },
      ],
    },
  };
  const made = await generateTypes({ ...document, paths: {}, components: { schemas } }, catalogue);
  expect(made["enums.ts"]).toContain('export const aValues = ["a", "b"] as const;');
});

test("errors.ts has every code once, sorted, and the codes of each operation", () => {
  const codes = [...(modules["errors.ts"] ?? "").matchAll(/^ {2}"(.*)": /gm)].map(([, code]) => code);
  expect(codes).toEqual(["APIGW.1", "FSS.1", "FSS.2"]);
  expect(modules["errors.ts"]).toContain('export type CommonErrorCode = "FSS.2";');
  expect(modules["errors.ts"]).toContain('  createThing: "FSS.1";');
});
