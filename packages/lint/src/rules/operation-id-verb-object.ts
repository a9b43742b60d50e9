import { defineRule } from "../define-rule.js";
import { objectOf } from "../json.js";
import type { Rule } from "../redocly.js";

/** The verbs of the official SDK's operation names, and `receive` for what the service sends to a function. */
const VERBS: readonly string[] = [
  "asyncInvoke",
  "batchDelete",
  "cancel",
  "create",
  "delete",
  "enable",
  "export",
  "import",
  "invoke",
  "list",
  "receive",
  "show",
  "update",
];

/** Characters that a URL may not hold; the built-in `operation-operationId-url-safe` reports those. */
const URL_UNSAFE = /[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]/;

const VERB_OBJECT = new RegExp(`^(${VERBS.join("|")})[A-Z][A-Za-z0-9]*$`);

/** An operationId is a known verb and its object, in lowerCamelCase. */
export const operationIdVerbObject: Rule = defineRule("operation-id-verb-object", (report) => ({
  Operation(node, context) {
    const id = objectOf(node).operationId;
    if (typeof id !== "string" || VERB_OBJECT.test(id) || URL_UNSAFE.test(id)) return;
    const message = `operationId ${id} is not a verb and its object in lowerCamelCase; begin with one of ${VERBS.join(", ")}.`;
    report(context, context.location.child("operationId"), message);
  },
}));
