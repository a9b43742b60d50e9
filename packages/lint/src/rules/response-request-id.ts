import { defineRule } from "../define-rule.js";
import { objectOf } from "../json.js";
import { operationsOf } from "../operations.js";
import type { Rule } from "../redocly.js";
import { follow } from "../schema-at.js";

const HEADER = "X-Request-Id";

/** Every answer of the service names its request; webhooks are answered by the user's function, which owes no such header. */
export const responseRequestId: Rule = defineRule("response-request-id", (report) => ({
  Root: {
    enter(root, context) {
      const reported = new Set<unknown>();
      for (const { url, node, location } of operationsOf(context, root)) {
        if (!url.startsWith("/")) continue;
        for (const [status, value] of Object.entries(objectOf(node.responses))) {
          const response = follow(context, value, location.child(["responses", status]));
          if (!response || reported.has(response.schema) || HEADER in objectOf(response.schema.headers))
            continue;
          reported.add(response.schema);
          const message = `The response ${status} of ${String(node.operationId)} has no ${HEADER}; add it under headers, as a reference to headers/${HEADER}.yaml.`;
          report(context, response.location, message);
        }
      }
    },
  },
}));
