import { withProperties, withSchema } from "../../test/documents.js";
import { ruleTests } from "../../test/rule-tests.js";

const string = { type: "string" };
const values = { type: "string", enum: ["a", "b"] };
const undecided =
  "The enum does not say whether it is closed; add `x-fg-open-enum: false` if it is closed, or make it `anyOf` of the values and any string with `x-fg-open-enum: true`.";
const misshapen =
  "x-fg-open-enum is true, so write `anyOf` with the known values first and any value of the same type second.";

ruleTests("enum-open-or-closed", [
  { name: "a closed enum passes", given: withSchema({ ...values, "x-fg-open-enum": false }), want: [] },
  {
    name: "an open enum passes",
    given: withSchema({ anyOf: [values, string], "x-fg-open-enum": true }),
    want: [],
  },
  {
    name: "an open enum or null passes",
    given: withSchema({ anyOf: [values, string, { type: "null" }], "x-fg-open-enum": true }),
    want: [],
  },
  {
    name: "values that are excluded pass",
    given: withSchema({ type: "string", not: { enum: ["a"] } }),
    want: [],
  },
  { name: "an undecided enum is reported", given: withSchema(values), want: [undecided] },
  {
    name: "an undecided enum of a property is reported",
    given: withProperties({ a: values }),
    want: [undecided],
  },
  {
    name: "a union that does not say it is open is reported",
    given: withSchema({ anyOf: [values, string] }),
    want: [undecided],
  },
  {
    name: "an open enum in another shape is reported",
    given: withSchema({ ...values, "x-fg-open-enum": true }),
    want: [misshapen, undecided],
  },
  {
    name: "a closed enum without values is reported",
    given: withSchema({ ...string, "x-fg-open-enum": false }),
    want: ["x-fg-open-enum is false, but there is no enum beside it; remove it or add the values."],
  },
]);
