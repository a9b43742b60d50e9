import { defineRule, type Report } from "../define-rule.js";
import { type JsonObject, objectOf, stringsOf } from "../json.js";
import { type OperationAt, operationsOf } from "../operations.js";
import type { Context, Location, Rule } from "../redocly.js";
import { follow } from "../schema-at.js";
import { errorCatalogue } from "../spec-folder.js";

interface ErrorExample {
  readonly body: JsonObject;
  readonly location: Location;
}

/** Error codes that an operation names or shows stand in errors/catalogue.yaml, with that status and message, and can come from it. */
export const errorExampleFromCatalogue: Rule = defineRule("error-example-from-catalogue", (report) => ({
  Root: {
    enter(root, context) {
      for (const operation of operationsOf(context, root)) {
        checkNamedCodes(report, context, operation);
        for (const status of Object.keys(objectOf(operation.node.responses))) {
          if (/^[123]/.test(status)) continue;
          for (const example of errorExamples(context, operation, status))
            checkExample(report, context, operation, status, example);
        }
      }
    },
  },
}));

function checkNamedCodes(report: Report, context: Context, operation: OperationAt): void {
  for (const [index, code] of stringsOf(operation.node["x-fg-errors"]).entries()) {
    if (errorCatalogue(context).has(code)) continue;
    const place = operation.location.child(["x-fg-errors", index]);
    report(
      context,
      place,
      `x-fg-errors names ${code}, which errors/catalogue.yaml does not have; correct the code or add it there.`,
    );
  }
}

function checkExample(
  report: Report,
  context: Context,
  operation: OperationAt,
  status: string,
  example: ErrorExample,
): void {
  const code = example.body.error_code;
  if (code === undefined) return;
  const id = String(operation.node.operationId);
  const entry = errorCatalogue(context).get(String(code));
  const place = example.location.child("error_code");
  const shown = `${id} shows ${String(code)} for ${status}`;
  if (!entry) {
    report(context, place, `${shown}, which errors/catalogue.yaml does not have; use one of its codes.`);
    return;
  }
  if (status !== "default" && entry.status !== undefined && String(entry.status) !== status) {
    report(
      context,
      place,
      `${shown}, but the catalogue says ${entry.status}; move the example or choose another code.`,
    );
  }
  const message = example.body.error_msg;
  if (entry.messages.length > 0 && !entry.messages.includes(String(message))) {
    const known = entry.messages.map((text) => JSON.stringify(text)).join(" or ");
    report(
      context,
      example.location.child("error_msg"),
      `The message of ${String(code)} is ${JSON.stringify(message)}; the catalogue says ${known}.`,
    );
  }
  if (!entry.common && !stringsOf(operation.node["x-fg-errors"]).includes(String(code))) {
    report(
      context,
      place,
      `${shown}, but does not name it; add it to x-fg-errors or show a code that the operation can return.`,
    );
  }
}

function errorExamples(context: Context, operation: OperationAt, status: string): readonly ErrorExample[] {
  const at = operation.location.child(["responses", status]);
  const response = follow(context, objectOf(operation.node.responses)[status], at);
  if (!response) return [];
  return Object.entries(objectOf(response.schema.content)).flatMap(([mediaType, value]) => {
    const media = objectOf(value);
    const place = response.location.child(["content", mediaType]);
    const named = Object.entries(objectOf(media.examples)).flatMap(([name, node]) => {
      const example = follow(context, node, place.child(["examples", name]));
      return example
        ? [{ body: objectOf(example.schema.value), location: example.location.child("value") }]
        : [];
    });
    return [...named, { body: objectOf(media.example), location: place.child("example") }];
  });
}
