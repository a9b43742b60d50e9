import { defineRule } from "../define-rule.js";
import { objectOf, refOf } from "../json.js";
import { METHODS } from "../operations.js";
import type { Rule } from "../redocly.js";

/** A path item holds its operations itself: OpenAPI allows no reference under a method. */
export const noRefUnderMethod: Rule = defineRule("no-ref-under-method", (report) => ({
  PathItem(node, context) {
    for (const method of METHODS) {
      const ref = refOf(objectOf(node)[method]);
      if (ref === undefined) continue;
      const place = context.location.child([method, "$ref"]).key();
      report(
        context,
        place,
        `${method} is a reference to ${ref}; write the operation here, or reference the whole path item.`,
      );
    }
  },
}));
