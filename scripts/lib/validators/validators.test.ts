import { describe, expect, it } from "vitest";
import type { JsonObject } from "../openapi.ts";
import { compileModule } from "./compile-module.ts";
import { schemaFor } from "./schema-for.ts";
import { shapeOf } from "./shape-of.ts";

const document: JsonObject = {
  components: {
    schemas: {
      Timer: {
        type: "object",
        required: ["kind", "every"],
        properties: { kind: { type: "string", const: "TIMER" }, every: { type: "string" } },
      },
      Queue: {
        type: "object",
        required: ["kind"],
        properties: { kind: { type: "string", const: "QUEUE" }, size: { type: "integer", format: "int32" } },
      },
      Known: {
        oneOf: [{ $ref: "#/components/schemas/Timer" }, { $ref: "#/components/schemas/Queue" }],
        discriminator: { propertyName: "kind" },
      },
      Other: {
        type: "object",
        required: ["kind"],
        properties: { kind: { type: "string" }, data: { type: "object", additionalProperties: true } },
      },
    },
  },
};
const trigger: JsonObject = {
  anyOf: [{ $ref: "#/components/schemas/Known" }, { $ref: "#/components/schemas/Other" }],
};

describe("the schema for a validator", () => {
  it.each<[string, JsonObject, JsonObject]>([
    [
      "has no annotations",
      { type: "string", description: "x", examples: ["y"], "x-fg-secret": true, format: "byte" },
      { type: "string" },
    ],
    [
      "bounds 32-bit numbers",
      { type: "integer", format: "int32", minimum: 1 },
      { type: "integer", minimum: 1, maximum: 2147483647 },
    ],
    [
      "opens open enumerations",
      { anyOf: [{ type: "string", enum: ["a"] }, { type: "string" }], "x-fg-open-enum": true },
      { type: "string" },
    ],
    [
      "lets open enumerations be null where they may",
      {
        anyOf: [{ type: "string", enum: ["a"] }, { type: "string" }, { type: "null" }],
        "x-fg-open-enum": true,
      },
      { anyOf: [{ type: "string" }, { type: "null" }] },
    ],
    [
      "leaves out what only the service sets",
      {
        type: "object",
        required: ["id", "name"],
        properties: { id: { type: "string", readOnly: true }, name: { type: "string" } },
      },
      { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
    ],
    [
      "joins what holds together",
      {
        allOf: [
          { type: "object", required: ["a"], properties: { a: { type: "string" } } },
          { type: "object", required: ["b"], properties: { b: { type: "string" } } },
        ],
      },
      { type: "object", properties: { a: { type: "string" }, b: { type: "string" } }, required: ["a", "b"] },
    ],
  ])("%s", (_, source, want) => {
    expect(schemaFor(document, source, "request")).toEqual(want);
  });

  it("closes objects of answers, at every depth, but not maps", () => {
    const source: JsonObject = {
      type: "object",
      properties: {
        list: { type: "array", items: { type: "object", properties: {} } },
        map: { type: "object", additionalProperties: { type: "string" } },
      },
    };
    expect(schemaFor(document, source, "response")).toEqual({
      type: "object",
      properties: {
        list: { type: "array", items: { type: "object", properties: {}, additionalProperties: false } },
        map: { type: "object", additionalProperties: { type: "string" } },
      },
      additionalProperties: false,
    });
  });

  it("ends at a schema that refers to itself", () => {
    const loop: JsonObject = {
      components: {
        schemas: { Loop: { type: "object", properties: { loop: { $ref: "#/components/schemas/Loop" } } } },
      },
    };
    expect(() => schemaFor(loop, { $ref: "#/components/schemas/Loop" }, "request")).toThrow(
      "refers to itself",
    );
  });
});

describe("a compiled module", () => {
  const load = async (
    schemas: Record<string, JsonObject>,
  ): Promise<
    Record<string, ((value: unknown) => boolean) & { errors?: { instancePath: string; keyword: string }[] }>
  > => {
    const text = compileModule(schemas);
    expect(text).not.toMatch(/require\(|^import /m);
    return import(`data:text/javascript,${encodeURIComponent(text)}`);
  };

  it("names the fault of the branch that the deciding field means", async () => {
    const { body } = await load({ body: schemaFor(document, trigger, "request") });
    const faults = (value: unknown): unknown =>
      body?.(value) ? [] : body?.errors?.[0] && [body.errors[0].instancePath, body.errors[0].keyword];
    expect(faults({ kind: "TIMER", every: "5m" })).toEqual([]);
    expect(faults({ kind: "TIMER", every: 5 })).toEqual(["/every", "type"]);
    expect(faults({ kind: "QUEUE", size: 2 ** 31 })).toEqual(["/size", "maximum"]);
    expect(faults({ kind: "NEW", data: { any: 1 } })).toEqual([]);
    expect(faults({ kind: "NEW", data: 1 })).toEqual(["/data", "type"]);
    expect(faults({})).toEqual(["", "required"]);
  });

  it("counts characters, not halves of them", async () => {
    const { body } = await load({ body: { type: "string", maxLength: 2 } });
    expect([body?.("😀😀"), body?.("😀😀😀")]).toEqual([true, false]);
  });
});

describe("the shape of a schema", () => {
  it.each<[string, JsonObject, unknown]>([
    ["a scalar", { type: "string" }, {}],
    ["a free object", { type: "object", additionalProperties: true }, null],
    [
      "an object",
      {
        type: "object",
        properties: { a: { type: "array", items: { type: "object", properties: { b: {} } } } },
      },
      { p: { a: { i: { p: { b: null } } } } },
    ],
    [
      "a union of objects",
      {
        anyOf: [
          { type: "object", properties: { a: { type: "string" } } },
          { type: "object", properties: { b: { type: "string" } } },
        ],
      },
      { p: { a: {}, b: {} } },
    ],
    [
      "a union with a free object",
      {
        anyOf: [
          { type: "object", properties: {} },
          { type: "object", additionalProperties: true },
        ],
      },
      null,
    ],
    [
      "a union that a field decides",
      trigger,
      {
        d: "kind",
        m: { TIMER: { p: { kind: {}, every: {} } }, QUEUE: { p: { kind: {}, size: {} } } },
        e: { p: { kind: {}, data: null } },
      },
    ],
  ])("of %s", (_, source, want) => {
    expect(shapeOf(schemaFor(document, source, "request"))).toEqual(want);
  });
});
