import { describe, expect, test } from "vitest";
import type { JsonObject } from "../openapi.ts";
import { secretFields } from "./secret-fields.ts";

const secret: JsonObject = { type: "string", "x-fg-secret": true };
const document: JsonObject = {
  components: {
    schemas: {
      Node: { type: "object", properties: { key: secret, child: { $ref: "#/components/schemas/Node" } } },
      Secret: secret,
    },
  },
};

const rows: readonly { name: string; given: JsonObject; want: string[] }[] = [
  { name: "nothing", given: { type: "object", properties: { a: { type: "string" } } }, want: [] },
  { name: "a field", given: { properties: { a: secret } }, want: ["a"] },
  {
    name: "a field of a named type",
    given: { properties: { a: { $ref: "#/components/schemas/Secret" } } },
    want: ["a"],
  },
  {
    name: "fields of entries of a list",
    given: { properties: { a: { items: { properties: { b: secret } } } } },
    want: ["a.b"],
  },
  { name: "values of a map", given: { properties: { a: { additionalProperties: secret } } }, want: ["a.*"] },
  { name: "a whole body", given: secret, want: ["$"] },
  {
    name: "fields of any branch",
    given: { oneOf: [{ properties: { b: secret } }, { properties: { a: secret } }] },
    want: ["a", "b"],
  },
  { name: "a type that holds itself, once", given: { $ref: "#/components/schemas/Node" }, want: ["key"] },
];

describe("secretFields finds", () => {
  for (const { name, given, want } of rows) {
    test(name, () => expect(secretFields(document, [given, undefined])).toEqual(want));
  }
});
