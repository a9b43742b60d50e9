import { describe, expect, test } from "vitest";
import type { JsonObject } from "../openapi.ts";
import { prepare } from "./prepare.ts";

const withSchemas = (schemas: JsonObject): JsonObject => ({
  openapi: "3.1.0",
  components: { schemas, examples: {} },
});
const timer: JsonObject = { type: "object", properties: { code: { const: "TIMER" } } };
const choice: JsonObject = {
  oneOf: [{ $ref: "#/components/schemas/Timer" }],
  discriminator: { propertyName: "code" },
};

const rows: readonly { name: string; given: JsonObject; want: JsonObject }[] = [
  {
    name: "an open enumeration that may be null",
    given: {
      A: {
        anyOf: [{ type: "string", enum: ["a"] }, { type: "string" }, { type: "null" }],
        "x-fg-open-enum": true,
      },
    },
    want: { A: { type: "string", "x-fg-open-enum": true, "x-type-source": '"a" | (string & {}) | null' } },
  },
  {
    name: "a closed enumeration",
    given: { A: { type: "string", enum: ["a"], "x-fg-open-enum": false } },
    want: { A: { type: "string", enum: ["a"], "x-fg-open-enum": false } },
  },
  {
    name: "a choice whose branches state the discriminator themselves",
    given: { Timer: timer, A: choice },
    want: { Timer: timer, A: { oneOf: choice.oneOf ?? [] } },
  },
  {
    name: "a choice whose branches state it in a base",
    given: { Base: timer, Timer: { allOf: [{ $ref: "#/components/schemas/Base" }] }, A: choice },
    want: {
      Base: timer,
      Timer: { allOf: [{ $ref: "#/components/schemas/Base" }] },
      A: { oneOf: choice.oneOf ?? [] },
    },
  },
  {
    name: "a choice whose branches need the help of openapi-typescript",
    given: { Timer: { type: "object" }, A: choice },
    want: { Timer: { type: "object" }, A: choice },
  },
  {
    name: "an example that looks like an open enumeration",
    given: { A: { type: "object", examples: [{ "x-fg-open-enum": true, anyOf: [] }] } },
    want: { A: { type: "object", examples: [{ "x-fg-open-enum": true, anyOf: [] }] } },
  },
];

describe("prepare", () => {
  for (const { name, given, want } of rows) {
    test(`knows ${name}`, () => expect(prepare(withSchemas(given))).toEqual(withSchemas(want)));
  }
});
