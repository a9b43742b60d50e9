import { withOperation } from "../../test/documents.js";
import { ruleTests } from "../../test/rule-tests.js";

const verbs =
  "asyncInvoke, batchDelete, cancel, create, delete, enable, export, import, invoke, list, receive, show, update";
const refused = (id: string): string =>
  `operationId ${id} is not a verb and its object in lowerCamelCase; begin with one of ${verbs}.`;

ruleTests("operation-id-verb-object", [
  { name: "a verb and its object pass", given: withOperation({ operationId: "listFunctions" }), want: [] },
  {
    name: "a verb of two words passes",
    given: withOperation({ operationId: "asyncInvokeFunction" }),
    want: [],
  },
  { name: "a webhook receives", given: withOperation({ operationId: "receiveTimerEvent" }), want: [] },
  {
    name: "characters unfit for URLs are left to the built-in rule",
    given: withOperation({ operationId: "list{Functions}" }),
    want: [],
  },
  {
    name: "a verb without an object is reported",
    given: withOperation({ operationId: "list" }),
    want: [refused("list")],
  },
  {
    name: "another verb is reported",
    given: withOperation({ operationId: "fetchFunctions" }),
    want: [refused("fetchFunctions")],
  },
  {
    name: "a capital at the beginning is reported",
    given: withOperation({ operationId: "ListFunctions" }),
    want: [refused("ListFunctions")],
  },
  {
    name: "snake case is reported",
    given: withOperation({ operationId: "list_functions" }),
    want: [refused("list_functions")],
  },
]);
