import { json, withOperation } from "../../test/documents.js";
import { ruleTests } from "../../test/rule-tests.js";

const facts = [
  {
    operationId: "listThings",
    bounds: [
      { in: "query", path: "name", edition: "a", minLength: 1, maxLength: 64 },
      { in: "query", path: "limit", edition: "a", minLength: 1, maxLength: 500, proseMaximum: 500 },
      { in: "request", path: "thing.title", edition: "a", minLength: 0, maxLength: 60 },
      { in: "request", path: "thing.title", edition: "b", maxLength: 80 },
      { in: "request", path: "excused", edition: "a", maxLength: 5 },
      { in: "response", path: "name", edition: "a", maxLength: 5 },
    ],
  },
];
const exceptions = {
  exceptions: [{ operationId: "listThings", in: "request", path: "excused", reason: "Too short." }],
};
const query = (name: string, schema: unknown): unknown =>
  withOperation({ parameters: [{ name, in: "query", schema }] });
const body = (properties: unknown): unknown =>
  withOperation({
    requestBody: json({ type: "object", properties: { thing: { type: "object", properties } } }),
  });

ruleTests(
  "string-bounds",
  [
    {
      name: "bounds as documented pass",
      given: query("name", { type: "string", minLength: 1, maxLength: 64 }),
      want: [],
    },
    {
      name: "the bounds of any edition pass",
      given: body({ title: { type: "string", maxLength: 80 } }),
      want: [],
    },
    {
      name: "limits of a number on a paging parameter bound no string",
      given: query("limit", { type: "string" }),
      want: [],
    },
    { name: "a field of another type passes", given: body({ title: { type: "integer" } }), want: [] },
    { name: "an enumeration bounds itself", given: query("name", { type: "string", enum: ["a"] }), want: [] },
    {
      name: "an exception on file passes",
      given: withOperation({
        requestBody: json({ type: "object", properties: { excused: { type: "string" } } }),
      }),
      want: [],
    },
    {
      name: "missing bounds of a parameter are reported",
      given: query("name", { type: "string" }),
      want: [
        "listThings query name: documented with minLength 1; write it into the schema, or excuse it in provenance/exceptions.",
        "listThings query name: documented with maxLength 64; write it into the schema, or excuse it in provenance/exceptions.",
      ],
    },
    {
      name: "another bound than any edition documents is reported",
      given: body({ title: { type: "string", maxLength: 100 } }),
      want: [
        "listThings request thing.title: documented with maxLength 60 or 80; write it into the schema, or excuse it in provenance/exceptions.",
      ],
    },
  ],
  { "provenance/facts/things.json": facts, "provenance/exceptions/things.yaml": exceptions },
);
