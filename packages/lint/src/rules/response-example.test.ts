import { json, withOperation } from "../../test/documents.js";
import { ruleTests } from "../../test/rule-tests.js";

const string = { type: "string" };
const answer = (body: Readonly<Record<string, unknown>>): unknown =>
  withOperation({ responses: { "200": { description: "Fine.", ...body } } });

ruleTests("response-example", [
  {
    name: "a response with an example passes",
    given: answer(json(string, { examples: { a: { value: "a" } } })),
    want: [],
  },
  { name: "a single example passes", given: answer(json(string, { example: "a" })), want: [] },
  { name: "a response without content passes", given: answer({}), want: [] },
  {
    name: "binary content needs no example",
    given: answer({ content: { "application/zip": { schema: { type: "string", format: "binary" } } } }),
    want: [],
  },
  {
    name: "a response without an example is reported",
    given: answer(json(string)),
    want: [
      "The response has no example for application/json; add one under examples, as a file of spec/examples.",
    ],
  },
  {
    name: "an empty map of examples is reported",
    given: answer(json(string, { examples: {} })),
    want: [
      "The response has no example for application/json; add one under examples, as a file of spec/examples.",
    ],
  },
  {
    name: "a request body without an example is reported",
    given: withOperation({ requestBody: json(string) }),
    want: [
      "The request body has no example for application/json; add one under examples, as a file of spec/examples.",
    ],
  },
]);
