import type { Rule } from "./redocly.js";
import { deprecationNamesReplacement } from "./rules/deprecation-names-replacement.js";
import { editionsPresent } from "./rules/editions-present.js";
import { enumOpenOrClosed } from "./rules/enum-open-or-closed.js";
import { errorExampleFromCatalogue } from "./rules/error-example-from-catalogue.js";
import { fileNameMatchesContent } from "./rules/file-name-matches-content.js";
import { knownExtensions } from "./rules/known-extensions.js";
import { lintExceptionsRule } from "./rules/lint-exceptions.js";
import { listDeclaresPagination } from "./rules/list-declares-pagination.js";
import { noInlineUnion } from "./rules/no-inline-union.js";
import { noRefUnderMethod } from "./rules/no-ref-under-method.js";
import { operationIdVerbObject } from "./rules/operation-id-verb-object.js";
import { prose } from "./rules/prose.js";
import { responseExample } from "./rules/response-example.js";
import { responseRequestId } from "./rules/response-request-id.js";
import { secretsMarked } from "./rules/secrets-marked.js";
import { stringBounds } from "./rules/string-bounds.js";

/** All rules of the plugin by name; the last one judges what the others needed, so it stays last. */
export const RULES: Readonly<Record<string, Rule>> = {
  "file-name-matches-content": fileNameMatchesContent,
  "no-ref-under-method": noRefUnderMethod,
  "operation-id-verb-object": operationIdVerbObject,
  "response-example": responseExample,
  "response-request-id": responseRequestId,
  "error-example-from-catalogue": errorExampleFromCatalogue,
  "list-declares-pagination": listDeclaresPagination,
  "deprecation-names-replacement": deprecationNamesReplacement,
  "editions-present": editionsPresent,
  "known-extensions": knownExtensions,
  "enum-open-or-closed": enumOpenOrClosed,
  "no-inline-union": noInlineUnion,
  "string-bounds": stringBounds,
  "secrets-marked": secretsMarked,
  prose,
  "lint-exceptions": lintExceptionsRule,
};
