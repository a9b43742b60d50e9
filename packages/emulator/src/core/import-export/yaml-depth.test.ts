import { describe, expect, it } from "vitest";
import { yamlDepth } from "./yaml-depth.ts";

describe("yamlDepth", () => {
  it.each([
    ["", 0],
    ["a: 1", 1],
    ["a:\n  b:\n    c: 1\n", 5],
    ["a:\r\n  b: 1\r\n", 3],
    ["- - - 1", 3],
    ["[[1], {a: [2]}]", 3],
    ['"[[[[": "- - -"', 1],
    ["a: |\n  [[[[\n  - - - -\n", 1],
    ["# [[[[", 0],
    ["]]]][", 1],
  ])("measures %j as %i", (text, want) => {
    expect(yamlDepth(text)).toBe(want);
  });
});
