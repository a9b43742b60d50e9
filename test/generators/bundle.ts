import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { operationsOf } from "../../scripts/lib/openapi.ts";

/** Path of a file of the built specification. */
export function distFile(name: "openapi.json" | "openapi-3.0.json"): string {
  return fileURLToPath(new URL(`../../spec/dist/${name}`, import.meta.url));
}

const operations = operationsOf(JSON.parse(readFileSync(distFile("openapi.json"), "utf8")));

/** All operationIds. */
export const operationIds: readonly string[] = operations.map(({ operationId }) => operationId);

/** The operationIds of operations that are not deprecated. */
export const currentOperationIds: readonly string[] = operations
  .filter(({ operation }) => operation.deprecated !== true)
  .map(({ operationId }) => operationId);

/** The identifiers that a generated text does not contain, whatever case its language uses. */
export function missingIn(text: string, identifiers: readonly string[]): string[] {
  const plain = text.replaceAll("_", "").toLowerCase();
  return identifiers.filter((identifier) => !plain.includes(identifier.toLowerCase()));
}
