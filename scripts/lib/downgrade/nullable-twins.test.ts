import { describe, expect, test } from "vitest";
import type { JsonObject } from "../openapi.ts";
import { nullableTwins } from "./nullable-twins.ts";

const orNull = (name: string): JsonObject => ({
  anyOf: [{ $ref: `#/components/schemas/${name}` }, { type: "null" }],
});
const withSchemas = (schemas: JsonObject): JsonObject => ({ openapi: "3.1.0", components: { schemas } });

const rows: readonly { name: string; given: JsonObject; want: JsonObject }[] = [
  {
    name: "an object or null",
    given: { A: { type: "object" }, B: { properties: { a: { ...orNull("A"), description: "An A." } } } },
    want: {
      A: { type: "object" },
      NullableA: { type: ["object", "null"] },
      B: { properties: { a: { $ref: "#/components/schemas/NullableA", description: "An A." } } },
    },
  },
  {
    name: "a closed enumeration or null",
    given: { A: { type: "string", enum: ["a"] }, B: orNull("A") },
    want: {
      A: { type: "string", enum: ["a"] },
      NullableA: { type: ["string", "null"], enum: ["a", null] },
      B: { $ref: "#/components/schemas/NullableA" },
    },
  },
  {
    name: "an open enumeration or null",
    given: { A: { anyOf: [{ type: "string", enum: ["a"] }, { type: "string" }] }, B: orNull("A") },
    want: {
      A: { anyOf: [{ type: "string", enum: ["a"] }, { type: "string" }] },
      NullableA: { anyOf: [{ type: "string", enum: ["a"] }, { type: ["string", "null"] }] },
      B: { $ref: "#/components/schemas/NullableA" },
    },
  },
  {
    name: "no composition",
    given: { A: { allOf: [{ type: "object" }] }, B: orNull("A") },
    want: { A: { allOf: [{ type: "object" }] }, B: orNull("A") },
  },
  {
    name: "no schema whose twin's name is taken",
    given: { A: { type: "object" }, NullableA: { type: "string" }, B: orNull("A") },
    want: { A: { type: "object" }, NullableA: { type: "string" }, B: orNull("A") },
  },
];

describe("nullableTwins gives a twin to", () => {
  for (const { name, given, want } of rows) {
    test(name, () =>
      expect(JSON.stringify(nullableTwins(withSchemas(given)))).toBe(JSON.stringify(withSchemas(want))),
    );
  }
});
