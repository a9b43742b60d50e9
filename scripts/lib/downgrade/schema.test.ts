import { describe, expect, test } from "vitest";
import type { Json } from "../openapi.ts";
import { downgradeSchema } from "./schema.ts";

interface Row {
  readonly name: string;
  readonly given: Json;
  readonly want: Json;
  readonly field?: string;
}

// Subschemas arrive converted: the rules work from the leaves upward.
const nothing = { type: "object", nullable: true, enum: [null] };

const rows: readonly Row[] = [
  {
    name: "a schema without news stays",
    given: { type: "string", maxLength: 3 },
    want: { type: "string", maxLength: 3 },
  },
  { name: "true accepts anything", given: true, want: {} },
  { name: "false accepts nothing", given: false, want: { not: {} } },
  { name: "additionalProperties keeps its flag", given: false, field: "additionalProperties", want: false },
  {
    name: "a type or null is nullable",
    given: { type: ["string", "null"] },
    want: { type: "string", nullable: true },
  },
  { name: "a list of one type is that type", given: { type: ["integer"] }, want: { type: "integer" } },
  {
    name: "null alone is an enumeration",
    given: { type: "null", description: "N." },
    want: { ...nothing, description: "N." },
  },
  {
    name: "an enumeration that leaves null out still does",
    given: { type: ["string", "null"], enum: ["a"] },
    want: { type: "string", nullable: true, enum: ["a"] },
  },
  {
    name: "several types are branches",
    given: { type: ["string", "integer"], maxLength: 3 },
    want: { maxLength: 3, anyOf: [{ type: "string" }, { type: "integer" }] },
  },
  {
    name: "several types and null are nullable branches",
    given: { type: ["string", "array", "null"], items: { type: "string" } },
    want: {
      anyOf: [
        { type: "string", nullable: true },
        { type: "array", nullable: true, items: { type: "string" } },
      ],
    },
  },
  {
    name: "several types beside a choice hold together with it",
    given: { type: ["string", "integer"], anyOf: [{ minLength: 1 }, { minimum: 1 }] },
    want: {
      allOf: [
        { anyOf: [{ minLength: 1 }, { minimum: 1 }] },
        { anyOf: [{ type: "string" }, { type: "integer" }] },
      ],
    },
  },
  {
    name: "an inline type or null is nullable",
    given: { anyOf: [{ type: "integer", minimum: 1 }, nothing], description: "Count." },
    want: { type: "integer", minimum: 1, description: "Count.", nullable: true },
  },
  {
    name: "an inline enumeration or null lists null",
    given: { oneOf: [{ type: "string", enum: ["a"] }, nothing] },
    want: { type: "string", enum: ["a", null], nullable: true },
  },
  {
    name: "a reference or null stays a choice",
    given: { anyOf: [{ $ref: "#/components/schemas/A" }, nothing], description: "A." },
    want: { anyOf: [{ $ref: "#/components/schemas/A" }, nothing], description: "A." },
  },
  {
    name: "a constant is an enumeration",
    given: { const: "TIMER" },
    want: { type: "string", enum: ["TIMER"] },
  },
  {
    name: "a constant keeps its type",
    given: { type: "number", const: 2 },
    want: { type: "number", enum: [2] },
  },
  { name: "a constant number has a type", given: { const: 2 }, want: { type: "integer", enum: [2] } },
  { name: "a constant null is null", given: { const: null }, want: nothing },
  {
    name: "what stands beside a reference moves it into allOf",
    given: { $ref: "#/components/schemas/A", description: "Mine.", deprecated: true },
    want: { allOf: [{ $ref: "#/components/schemas/A" }], description: "Mine.", deprecated: true },
  },
  {
    name: "a bare reference stays",
    given: { $ref: "#/components/schemas/A" },
    want: { $ref: "#/components/schemas/A" },
  },
  {
    name: "a reference joins the allOf beside it",
    given: { $ref: "#/components/schemas/A", allOf: [{ required: ["b"] }] },
    want: { allOf: [{ $ref: "#/components/schemas/A" }, { required: ["b"] }] },
  },
  { name: "the first example stays", given: { examples: ["a", "b"] }, want: { example: "a" } },
  { name: "an example of its own wins", given: { example: "c", examples: ["a"] }, want: { example: "c" } },
  {
    name: "exclusive bounds are flags",
    given: { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 9 },
    want: { type: "number", minimum: 0, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: true },
  },
  {
    name: "the stricter bound wins",
    given: { minimum: 5, exclusiveMinimum: 0, maximum: 9, exclusiveMaximum: 7 },
    want: { minimum: 5, maximum: 7, exclusiveMaximum: true },
  },
  {
    name: "Base64 is the format byte",
    given: { type: "string", contentEncoding: "base64" },
    want: { type: "string", format: "byte" },
  },
  {
    name: "Base64 of a media type names it",
    given: {
      type: "string",
      contentEncoding: "base64",
      contentMediaType: "application/zip",
      description: "The code.",
    },
    want: { type: "string", format: "byte", description: "The code. Content: `application/zip` in base64." },
  },
  {
    name: "JSON in a string stays text and says so",
    given: {
      type: ["string", "null"],
      contentMediaType: "application/json",
      contentSchema: { type: "object" },
    },
    want: { type: "string", nullable: true, description: "Content: `application/json`." },
  },
  {
    name: "raw bytes are the format binary",
    given: { type: "string", contentMediaType: "application/octet-stream" },
    want: { type: "string", format: "binary", description: "Content: `application/octet-stream`." },
  },
  {
    name: "another encoding is told",
    given: { type: "string", contentEncoding: "base64url" },
    want: { type: "string", description: "Encoding: base64url." },
  },
  {
    name: "a condition is a choice",
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    given: { if: { required: ["a"] }, then: { required: ["b"] }, else: { required: ["c"] } },
    want: {
      allOf: [
        {
          anyOf: [
            { allOf: [{ required: ["a"] }, { required: ["b"] }] },
            { allOf: [{ not: { required: ["a"] } }, { required: ["c"] }] },
          ],
        },
      ],
    },
  },
  { name: "a condition without consequence goes", given: { if: { required: ["a"] } }, want: {} },
  {
    name: "a dependency is a choice",
    given: { dependentRequired: { a: ["b"], c: [] } },
    want: { allOf: [{ anyOf: [{ not: { required: ["a"] } }, { required: ["b"] }] }] },
  },
  {
    name: "not stays",
    given: { type: "string", not: { enum: ["a"] } },
    want: { type: "string", not: { enum: ["a"] } },
  },
  { name: "an array has items", given: { type: "array" }, want: { type: "array", items: {} } },
  {
    name: "a closed tuple is a list of its places",
    given: { type: "array", prefixItems: [{ type: "string" }, { type: "integer" }], items: { not: {} } },
    want: { type: "array", maxItems: 2, items: { anyOf: [{ type: "string" }, { type: "integer" }] } },
  },
  {
    name: "an open tuple holds anything",
    given: { type: "array", prefixItems: [{}] },
    want: { type: "array", items: {} },
  },
  {
    name: "properties by pattern are further properties",
    given: { type: "object", patternProperties: { "^x": { type: "string" } }, additionalProperties: false },
    want: { type: "object", additionalProperties: { type: "string" } },
  },
  {
    name: "an empty list of required names goes",
    given: { type: "object", required: [] },
    want: { type: "object" },
  },
  {
    name: "keywords that only narrow go",
    given: { type: "object", propertyNames: { maxLength: 9 }, unevaluatedProperties: false, $comment: "why" },
    want: { type: "object" },
  },
  {
    name: "extensions stay",
    given: { type: "string", "x-fg-secret": true },
    want: { type: "string", "x-fg-secret": true },
  },
];

describe("downgradeSchema", () => {
  for (const { name, given, want, field = "items" } of rows) {
    test(name, () => expect(downgradeSchema(given, field)).toEqual(want));
  }

  test("refuses what would lose its meaning unnoticed, with a remedy", () => {
    expect(() => downgradeSchema({ $dynamicRef: "#node" }, "items")).toThrow(
      /\$dynamicRef.*components\.schemas/,
    );
  });
});
