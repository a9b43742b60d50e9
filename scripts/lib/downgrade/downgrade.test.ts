import { describe, expect, test } from "vitest";
import type { JsonObject } from "../openapi.ts";
import { downgrade } from "./downgrade.ts";

const info = { title: "T", version: "1" };

const rows: readonly { name: string; given: JsonObject; want: JsonObject }[] = [
  {
    name: "version and dialect",
    given: { openapi: "3.1.0", jsonSchemaDialect: "https://example.com", info, paths: {} },
    want: { openapi: "3.0.3", info, paths: {} },
  },
  {
    name: "summary and licence identifier",
    given: {
      openapi: "3.1.0",
      info: {
        ...info,
        summary: "S.",
        description: "D.",
        license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      },
    },
    want: {
      openapi: "3.0.3",
      info: {
        ...info,
        description: "S.\n\nD.",
        license: { name: "Apache-2.0", url: "https://spdx.org/licenses/Apache-2.0.html" },
      },
      paths: {},
    },
  },
  {
    name: "webhooks",
    given: {
      openapi: "3.1.0",
      info,
      webhooks: { e: { post: { responses: { "200": { description: "O." } } } } },
    },
    want: {
      openapi: "3.0.3",
      info,
      paths: {},
      "x-webhooks": { e: { post: { responses: { "200": { description: "O." } } } } },
    },
  },
  {
    name: "path items among the components",
    given: {
      openapi: "3.1.0",
      info,
      paths: { "/a": { $ref: "#/components/pathItems/A", summary: "Mine." } },
      components: { pathItems: { A: { get: {} } } },
    },
    want: {
      openapi: "3.0.3",
      info,
      paths: { "/a": { get: { responses: { default: { description: "Any answer." } } }, summary: "Mine." } },
      components: {},
    },
  },
  {
    name: "texts beside references outside of schemas",
    given: {
      openapi: "3.1.0",
      info,
      paths: {
        "/a": {
          parameters: [{ $ref: "#/components/parameters/P", description: "Mine." }],
          delete: {
            requestBody: { content: { "application/json": { schema: { type: ["string", "null"] } } } },
            responses: { "200": { $ref: "#/components/responses/R", summary: "Mine." } },
          },
        },
      },
    },
    want: {
      openapi: "3.0.3",
      info,
      paths: {
        "/a": {
          parameters: [{ $ref: "#/components/parameters/P" }],
          delete: {
            requestBody: { content: { "application/json": { schema: { type: "string", nullable: true } } } },
            responses: { "200": { $ref: "#/components/responses/R" } },
          },
        },
      },
    },
  },
  {
    name: "schemas wherever they stand, and no data that only looks like one",
    given: {
      openapi: "3.1.0",
      info,
      paths: {},
      components: {
        headers: { H: { schema: { const: 1 } } },
        examples: { E: { value: { type: ["string", "null"], const: 1 } } },
        schemas: {
          S: {
            type: "object",
            properties: { type: { items: { exclusiveMinimum: 1 } } },
            default: { const: 1 },
          },
        },
      },
    },
    want: {
      openapi: "3.0.3",
      info,
      paths: {},
      components: {
        headers: { H: { schema: { type: "integer", enum: [1] } } },
        examples: { E: { value: { type: ["string", "null"], const: 1 } } },
        schemas: {
          S: {
            type: "object",
            properties: { type: { items: { minimum: 1, exclusiveMinimum: true } } },
            default: { const: 1 },
          },
        },
      },
    },
  },
];

describe("downgrade", () => {
  for (const { name, given, want } of rows) {
    test(`converts ${name}, and leaves its input alone`, () => {
      const before = structuredClone(given);
      expect(downgrade(given)).toEqual(want);
      expect(given).toEqual(before);
    });
  }
});
