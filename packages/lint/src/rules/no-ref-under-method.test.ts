import { openapi } from "../../test/documents.js";
import { ruleTests } from "../../test/rule-tests.js";

const get = { operationId: "listThings", responses: { "200": { description: "Fine." } } };

ruleTests("no-ref-under-method", [
  {
    name: "an operation written in its path item passes",
    given: openapi({ paths: { "/things": { get } } }),
    want: [],
  },
  {
    name: "a reference to a whole path item passes",
    given: openapi({
      paths: { "/things": { $ref: "#/components/pathItems/things" } },
      components: { pathItems: { things: { get } } },
    }),
    want: [],
  },
  {
    name: "a reference under a method is reported",
    given: openapi({ paths: { "/things": { get }, "/others": { post: { $ref: "#/paths/~1things/get" } } } }),
    want: [
      "post is a reference to #/paths/~1things/get; write the operation here, or reference the whole path item.",
    ],
  },
]);
