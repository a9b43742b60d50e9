import { openapi, withOperation, withProperties } from "../../test/documents.js";
import { ruleTests } from "../../test/rule-tests.js";

const editions = { "x-fg-editions": ["hwc-2023"] };
const missing = (what: string): string =>
  `${what} does not say which editions document it; add x-fg-editions.`;

ruleTests(
  "editions-present",
  [
    { name: "an operation with editions passes", given: withOperation(editions), want: [] },
    {
      name: "a property with editions passes",
      given: withProperties({ a: { type: "string", ...editions } }),
      want: [],
    },
    {
      name: "a reference with editions beside it passes",
      given: withProperties(
        { a: { $ref: "#/components/schemas/Other", ...editions } },
        { Other: { type: "string" } },
      ),
      want: [],
    },
    {
      name: "a reference to a schema with editions passes",
      given: withProperties(
        { a: { $ref: "#/components/schemas/Other" } },
        { Other: { type: "string", ...editions } },
      ),
      want: [],
    },
    {
      name: "an operation without editions is reported",
      given: withOperation({}),
      want: [missing("Operation listThings")],
    },
    {
      name: "a webhook without editions is reported",
      given: openapi({ webhooks: { timer: { post: { operationId: "receiveTimer", responses: {} } } } }),
      want: [missing("Operation receiveTimer")],
    },
    {
      name: "a parameter without editions is reported",
      given: withOperation({
        ...editions,
        parameters: [{ name: "a", in: "query", schema: { type: "string" } }],
      }),
      want: [missing("Parameter a")],
    },
    {
      name: "a header without editions is reported",
      given: withOperation({
        ...editions,
        responses: {
          "200": { description: "Fine.", headers: { "X-Request-Id": { schema: { type: "string" } } } },
        },
      }),
      want: [missing("Header X-Request-Id")],
    },
    {
      name: "a property without editions is reported",
      given: withProperties({ a: { type: "string" } }),
      want: [missing("Property a")],
    },
    {
      name: "an empty list is reported",
      given: withOperation({ "x-fg-editions": [] }),
      want: [missing("Operation listThings")],
    },
    {
      name: "an unknown edition is reported",
      given: withOperation({ "x-fg-editions": ["hwc-1999"] }),
      want: [
        "Operation listThings names the edition hwc-1999, which provenance/editions.yaml does not have; use one of hwc-2023, captured.",
      ],
    },
  ],
  { "provenance/editions.yaml": { editions: { "hwc-2023": {}, captured: {} } } },
);
