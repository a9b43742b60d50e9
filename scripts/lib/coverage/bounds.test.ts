import { describe, expect, it } from "vitest";
import { boundFindings } from "./bounds.ts";
import type { BoundFact } from "./facts.ts";

const fact = (bound: Partial<BoundFact>): BoundFact => ({
  in: "request",
  path: "a",
  edition: "hwc-2023",
  ...bound,
});
const open = (schema: object, bound: Partial<BoundFact>) =>
  boundFindings([schema as never], fact(bound))
    .filter(({ covered }) => !covered)
    .map(({ value }) => value);

describe("a documented bound", () => {
  it.each([
    {
      name: "is covered by its keyword",
      schema: { minimum: 3, maximum: 900 },
      bound: { range: [3, 900] as const },
      want: [],
    },
    {
      name: "is covered by a description that tells it",
      schema: { minimum: 3, description: "Up to 900 by default." },
      bound: { range: [3, 900] as const },
      want: [],
    },
    {
      name: "is not covered by a number that only contains it",
      schema: { minimum: 3, description: "Up to 9000." },
      bound: { range: [3, 900] as const },
      want: ["maximum 900"],
    },
    {
      name: "may have its digits grouped in the description",
      schema: { description: "At most 86,400 seconds." },
      bound: { maximum: 86400 },
      want: [],
    },
    {
      name: "of a length of 0 says nothing",
      schema: {},
      bound: { minLength: 0, maxLength: 64 },
      want: ["maxLength 64"],
    },
    {
      name: "that is a default may be the keyword",
      schema: { default: 400 },
      bound: { proseDefault: "400" },
      want: [],
    },
    {
      name: "that is a default is missed",
      schema: { default: 10 },
      bound: { default: "400" },
      want: ["default 400"],
    },
    {
      name: "that is an option may differ in spaces and case",
      schema: { enum: ["Python2.7", "http"] },
      bound: { proseOptions: ["Python 2.7", "HTTP", "Go 1.8"] },
      want: ["option Go 1.8"],
    },
    {
      name: "that is an option may follow from a multiple",
      schema: { multipleOf: 1024 },
      bound: { proseOptions: [2048] },
      want: [],
    },
    {
      name: "that is a special value must be told",
      schema: { description: "`-1` is unlimited." },
      bound: { specialValues: [-1, 0] },
      want: ["special value 0"],
    },
  ])("$name", ({ schema, bound, want }) => {
    expect(open(schema, bound)).toEqual(want);
  });
});
