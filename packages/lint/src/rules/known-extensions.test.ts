import { openapi, withOperation, withProperties } from "../../test/documents.js";
import { ruleTests } from "../../test/rule-tests.js";

const string = { type: "string" };

ruleTests("known-extensions", [
  {
    name: "the extensions of EXTENSIONS.md pass",
    given: withOperation({
      "x-fg-editions": ["hwc-2023"],
      "x-fg-errors": [],
      "x-fg-regions": { hwc: "all", otc: ["eu-de"] },
      "x-fg-pagination": {
        style: "marker",
        in: "query",
        position: "a",
        limit: "b",
        items: "c",
        next: "d",
        total: "e",
      },
    }),
    want: [],
  },
  {
    name: "the title of a tag passes",
    given: openapi({ tags: [{ name: "a", "x-displayName": "A" }] }),
    want: [],
  },
  {
    name: "a property whose name begins like an extension passes",
    given: withProperties({ "x-request-id": string }),
    want: [],
  },
  {
    name: "an unknown extension is reported",
    given: withOperation({ "x-internal": true }),
    want: [
      "x-internal is no extension of this description; use one of spec/EXTENSIONS.md, or describe it there first.",
    ],
  },
  {
    name: "an unknown extension beside a reference is reported",
    given: withProperties({ a: { $ref: "#/components/schemas/B", "x-internal": true } }, { B: string }),
    want: [
      "x-internal is no extension of this description; use one of spec/EXTENSIONS.md, or describe it there first.",
    ],
  },
  {
    name: "an extension at the wrong place is reported",
    given: withProperties({ a: { ...string, "x-fg-errors": [] } }),
    want: ["x-fg-errors has no meaning on Schema; it belongs on Operation."],
  },
  {
    name: "a wrong type is reported for each extension",
    given: withOperation({
      "x-fg-errors": ["A", "A"],
      "x-fg-regions": { hwc: "all" },
      "x-fg-pagination": { style: "cursor" },
    }),
    want: [
      "x-fg-errors must be an array of different error codes.",
      "x-fg-regions must be an object with `hwc` and `otc`, each `all`, `none` or an array of regions.",
      "x-fg-pagination must be an object as spec/EXTENSIONS.md shows it.",
    ],
  },
  {
    name: "x-fg-secret is true or absent",
    given: withProperties({ a: { ...string, "x-fg-secret": false } }),
    want: ["x-fg-secret must be `true`."],
  },
]);
