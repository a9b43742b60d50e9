import { isObject, type Json, type JsonObject } from "../openapi.ts";
import { downgradeDocument } from "./document.ts";
import { nullableTwins } from "./nullable-twins.ts";
import { inlinePathItems } from "./path-items.ts";
import { withoutReferenceSiblings } from "./reference.ts";
import { rewrite } from "./rewrite.ts";
import { downgradeSchema } from "./schema.ts";
import type { Kind } from "./shape.ts";

/**
 * Converts an OpenAPI 3.1 document to an OpenAPI 3.0.3 one with the same meaning, as far as 3.0 can say it.
 * The input stays untouched.
 * @throws Error when a schema uses a construct that would lose its meaning unnoticed, such as `$dynamicRef`.
 */
export function downgrade(document: JsonObject): JsonObject {
  const converted = rewrite(nullableTwins(inlinePathItems(document)), "document", downgradePart);
  if (!isObject(converted)) throw new TypeError("An OpenAPI document must be an object.");
  return converted;
}

function downgradePart(value: Json, kind: Kind, field: string): Json {
  if (kind === "schema") return downgradeSchema(value, field);
  if (!isObject(value)) return value;
  if (kind === "document") return downgradeDocument(value);
  if (kind === "operation")
    return value.responses ? value : { ...value, responses: { default: { description: "Any answer." } } };
  return withoutReferenceSiblings(value, kind);
}
