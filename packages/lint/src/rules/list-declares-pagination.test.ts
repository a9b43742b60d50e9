import { json, withOperation } from "../../test/documents.js";
import { ruleTests } from "../../test/rule-tests.js";

const query = (name: string): unknown => ({ name, in: "query", schema: { type: "string" } });
const page = {
  type: "object",
  properties: {
    things: { $ref: "#/components/schemas/Things" },
    page_info: { allOf: [{ $ref: "#/components/schemas/PageInfo" }] },
  },
};
const schemas = {
  Page: page,
  Things: { type: "array", items: { type: "string" } },
  PageInfo: { type: "object", properties: { next_marker: { type: "string" }, count: { type: "integer" } } },
};

function list(pagination: unknown, more: Readonly<Record<string, unknown>> = {}): unknown {
  const responses = { "200": { description: "Fine.", ...json({ $ref: "#/components/schemas/Page" }) } };
  const parameters = [query("marker"), query("limit")];
  return withOperation(
    { responses, parameters, ...(pagination ? { "x-fg-pagination": pagination } : {}), ...more },
    { schemas },
  );
}
const marker = {
  style: "marker",
  in: "query",
  position: "marker",
  limit: "limit",
  items: "things",
  next: "page_info.next_marker",
};

ruleTests("list-declares-pagination", [
  {
    name: "a marker and fields found through references and allOf pass",
    given: list({ ...marker, total: "page_info.count" }),
    want: [],
  },
  { name: "a list that comes whole passes", given: list({ style: "none", items: "things" }), want: [] },
  {
    name: "an operation that lists nothing passes",
    given: withOperation({ operationId: "showThing" }),
    want: [],
  },
  {
    name: "an array at the root passes as $",
    given: list(
      { style: "none", items: "$" },
      { responses: { "200": { description: "Fine.", ...json({ $ref: "#/components/schemas/Things" }) } } },
    ),
    want: [],
  },
  {
    name: "positions in the body pass",
    given: list(
      { ...marker, in: "body" },
      {
        requestBody: json({
          type: "object",
          properties: { marker: { type: "string" }, limit: { type: "string" } },
        }),
        parameters: [],
      },
    ),
    want: [],
  },
  {
    name: "a list without pagination is reported",
    given: list(undefined),
    want: ["listThings lists but has no x-fg-pagination; say how it pages, or `style: none` with `items`."],
  },
  {
    name: "a parameter that does not exist is reported",
    given: list({ ...marker, position: "start" }),
    want: [
      "listThings: x-fg-pagination names start as `position`, but there is no such query parameter; correct the name.",
    ],
  },
  {
    name: "a field that does not exist is reported",
    given: list({ ...marker, next: "next_marker" }),
    want: [
      "listThings: x-fg-pagination names next_marker as `next`, but the response has no such field; correct the name.",
    ],
  },
  {
    name: "items that are no array are reported",
    given: list({ style: "none", items: "page_info" }),
    want: ["listThings: x-fg-pagination names page_info as `items`, but that is no array; name the array."],
  },
  {
    name: "a marker without the next one is reported",
    given: list({ style: "marker", in: "query", position: "marker", items: "things" }),
    want: ["listThings: x-fg-pagination of style marker needs `next`; add it."],
  },
  {
    name: "a position in a list that comes whole is reported",
    given: list({ style: "none", items: "things", position: "marker" }),
    want: ["listThings: x-fg-pagination of style none has no `position`; remove it or choose another style."],
  },
]);
