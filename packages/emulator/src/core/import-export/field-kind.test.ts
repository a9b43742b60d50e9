import { describe, expect, it } from "vitest";
import { type Kind, readKind } from "./field-kind.ts";

const refuse = (what: string): Error => new Error(what);
const inner: Kind = { fields: { id: "string", size: "integer" }, required: ["id"] };

describe("readKind", () => {
  it.each<[string, unknown, Kind, unknown]>([
    ["a text", "x", "string", "x"],
    ["a number", 3, "integer", 3],
    ["a truth value", false, "boolean", false],
    ["a list of texts", ["x"], "strings", ["x"]],
    ["a mapping to texts", { a: "x" }, "texts", { a: "x" }],
    ["the known fields of an object", { id: "x", size: 1, other: 2 }, inner, { id: "x", size: 1 }],
    [
      "a list of objects",
      [{ id: "x" }, { id: "y", more: 1 }],
      { listOf: inner as Extract<Kind, { fields: unknown }> },
      [{ id: "x" }, { id: "y" }],
    ],
  ])("reads %s", (_, value, kind, want) => {
    expect(readKind(value, kind, "Field", refuse)).toEqual(want);
  });

  it.each<[string, unknown, Kind, string]>([
    ["a number for a text", 1, "string", "Field must be a text"],
    ["a fraction", 1.5, "integer", "Field must be a whole number"],
    ["a text for a truth value", "yes", "boolean", "Field must be true or false"],
    ["a list with a number", [1], "strings", "Field must be a list of texts"],
    ["a mapping to a list", { a: [] }, "texts", "Field must be a mapping to texts"],
    ["a list for an object", [], inner, "Field must be a mapping"],
    ["an object without a field that must be there", { size: 1 }, inner, "Field.id is missing"],
    ["a wrong field", { id: "x", size: "y" }, inner, "Field.size must be a whole number"],
  ])("refuses %s", (_, value, kind, want) => {
    expect(() => readKind(value, kind, "Field", refuse)).toThrow(want);
  });
});
