import { describe, expect, it } from "vitest";
import type { JsonObject } from "../openapi.ts";
import { alternatives, schemasAt, stepsOf, valuesOf } from "./schema-path.ts";

const document: JsonObject = {
  components: {
    schemas: {
      Page: {
        type: "object",
        properties: { items: { type: "array", items: { $ref: "#/components/schemas/Item" } } },
      },
      Item: { anyOf: [{ $ref: "#/components/schemas/Base" }, { type: "null" }] },
      Base: {
        allOf: [
          { properties: { name: { type: "string", enum: ["a"] } } },
          { properties: { labels: { type: "object", additionalProperties: { type: "string" } } } },
        ],
      },
      Loop: { anyOf: [{ $ref: "#/components/schemas/Loop" }] },
    },
  },
};
const roots = alternatives(document, { $ref: "#/components/schemas/Page" });

describe("schemasAt", () => {
  it("splits a path into names, items and keys", () => {
    expect(stepsOf("[].a.b[].*")).toEqual(["[]", "a", "b", "[]", "*"]);
  });

  it.each([
    ["items", true],
    ["items[].name", true],
    ["items[].labels.*", true],
    ["items[].missing", false],
    ["items.name", false],
  ])("follows references, arrays and composition to %s: %s", (path, found) => {
    expect(schemasAt(document, roots, path).length > 0).toBe(found);
  });

  it("gathers the values of every alternative", () => {
    expect([...valuesOf(schemasAt(document, roots, "items[].name"))]).toEqual(["a"]);
  });

  it("ends on a schema that refers to itself", () => {
    expect(alternatives(document, { $ref: "#/components/schemas/Loop" }).length).toBeGreaterThan(0);
  });
});
