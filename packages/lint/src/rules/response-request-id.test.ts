import { openapi, withOperation } from "../../test/documents.js";
import { ruleTests } from "../../test/rule-tests.js";

const headers = { "X-Request-Id": { schema: { type: "string" } } };
const bare = { description: "Fine." };

ruleTests("response-request-id", [
  {
    name: "a response with the header passes",
    given: withOperation({ responses: { "200": { ...bare, headers } } }),
    want: [],
  },
  {
    name: "the answer to a webhook needs no header",
    given: openapi({
      webhooks: { timerEvent: { post: { operationId: "receiveTimer", responses: { "200": bare } } } },
    }),
    want: [],
  },
  {
    name: "any response without the header is reported, default included",
    given: withOperation({ responses: { "200": { ...bare, headers }, default: { ...bare, headers: {} } } }),
    want: [
      "The response default of listThings has no X-Request-Id; add it under headers, as a reference to headers/X-Request-Id.yaml.",
    ],
  },
  {
    name: "a shared response is reported once",
    given: withOperation(
      {
        responses: {
          "200": { ...bare, headers },
          "400": { $ref: "#/components/responses/Bad" },
          "404": { $ref: "#/components/responses/Bad" },
        },
      },
      { responses: { Bad: bare } },
    ),
    want: [
      "The response 400 of listThings has no X-Request-Id; add it under headers, as a reference to headers/X-Request-Id.yaml.",
    ],
  },
]);
