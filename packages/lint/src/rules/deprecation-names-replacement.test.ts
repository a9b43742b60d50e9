import { withOperation, withProperties } from "../../test/documents.js";
import { ruleTests } from "../../test/rule-tests.js";

const string = { type: "string" };
const old = { type: "string", deprecated: true };

ruleTests("deprecation-names-replacement", [
  { name: "an operation in use passes", given: withOperation({}), want: [] },
  {
    name: "a replacement that exists passes",
    given: withOperation({ deprecated: true, "x-fg-replacement": "listThings" }),
    want: [],
  },
  {
    name: "the word none passes",
    given: withOperation({ deprecated: true, "x-fg-replacement": "none" }),
    want: [],
  },
  {
    name: "a property replaced by another passes",
    given: withProperties({ new_name: string, name: { ...old, "x-fg-replacement": "new_name" } }),
    want: [],
  },
  {
    name: "a deprecated operation without a replacement is reported",
    given: withOperation({ deprecated: true }),
    want: [
      "Operation listThings is deprecated but names no replacement; add x-fg-replacement with an existing operationId, or `none`.",
    ],
  },
  {
    name: "a replacement that is no operation is reported",
    given: withOperation({ deprecated: true, "x-fg-replacement": "listOthers" }),
    want: [
      "Operation listThings names listOthers as its replacement, which is no operationId; correct the name or write `none`.",
    ],
  },
  {
    name: "a deprecated property without a replacement is reported",
    given: withProperties({ name: old }),
    want: [
      "Property name is deprecated but names no replacement; add x-fg-replacement with an existing property beside it, or `none`.",
    ],
  },
  {
    name: "a property that replaces itself is reported",
    given: withProperties({ name: { ...old, "x-fg-replacement": "name" } }),
    want: [
      "Property name names name as its replacement, which is no property beside it; correct the name or write `none`.",
    ],
  },
  {
    name: "a replacement of something in use is reported",
    given: withOperation({ "x-fg-replacement": "none" }),
    want: ["Operation listThings names a replacement but is not deprecated; add `deprecated: true`."],
  },
]);
