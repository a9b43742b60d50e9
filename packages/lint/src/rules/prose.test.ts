import { describe, expect, it } from "vitest";
import { withOperation, withProperties, withSchema } from "../../test/documents.js";
import { ruleTests } from "../../test/rule-tests.js";
import { problemsOfText } from "./prose.js";

const described = { type: "string", description: "Name of the thing." };

ruleTests("prose", [
  { name: "described schemas and properties pass", given: withProperties({ name: described }), want: [] },
  {
    name: "a reference takes its description along",
    given: withProperties({ a: { $ref: "#/components/schemas/B" } }, { B: described }),
    want: [],
  },
  {
    name: "a reference or null takes its description along",
    given: withProperties(
      { a: { anyOf: [{ $ref: "#/components/schemas/B" }, { type: "null" }] } },
      { B: described },
    ),
    want: [],
  },
  { name: "an imperative summary passes", given: withOperation({ summary: "Process the things" }), want: [] },
  {
    name: "a schema without a description is reported",
    given: withSchema({ type: "string" }),
    want: ["The schema has no description; say what it is, with unit, default and limits."],
  },
  {
    name: "a property without a description is reported",
    given: withProperties({ name: { type: "string" } }),
    want: ["Property name has no description; say what it is, with unit, default and limits."],
  },
  {
    name: "a header without a description is reported",
    given: withOperation({
      responses: { "200": { description: "Fine.", headers: { "X-A": { schema: { type: "string" } } } } },
    }),
    want: ["Header X-A has no description; say what it is, with unit, default and limits."],
  },
  {
    name: "a poor description is reported where it stands",
    given: withProperties({ name: { type: "string", description: "name" } }),
    want: [
      "The description begins without a capital; begin it as a sentence.",
      "The description ends without a period; end it as a sentence.",
    ],
  },
  {
    name: "a poor summary is reported",
    given: withOperation({ summary: "lists all of the things that anybody ever put into the big project." }),
    want: [
      "The summary has 67 characters; say it in 60.",
      "The summary begins without a capital; begin with an imperative such as `List`.",
      "The summary is no imperative; write `List`, not `Lists` or `Listing`.",
      "The summary ends with a period; leave it out.",
    ],
  },
]);

describe("problemsOfText", () => {
  it.each([
    { text: "A sentence.", want: [] },
    { text: "`code` begins it.", want: [] },
    { text: "32 letters and digits (or fewer.)", want: [] },
    { text: "A table:\n\n| a | b  |\n|---|---|\n| 1  | 2 |", want: [] },
    { text: "A list:\n\n- one\n- two", want: [] },
    { text: "A block:\n\n```\na  b\n```", want: [] },
    { text: " ", want: ["The description is empty; say what this is."] },
    { text: "Two  spaces.", want: ["The description has two spaces in a row; keep one."] },
    { text: "Please wait.", want: ["The description says please; say plainly what to do."] },
    {
      text: "This API is used to list things.",
      want: ['The description says what "is used to"; say what the operation does.'],
    },
  ])("$text", ({ text, want }) => {
    expect(problemsOfText(text)).toEqual(want);
  });
});
