import type { Catalogue, CatalogueEntry } from "../errors/catalogue.ts";
import { literal } from "./literal.ts";

/** The error codes as a table and a union, and which operation answers with which. */
export function errorsModule(catalogue: Catalogue): string {
  const entries = [
    ...Object.entries(catalogue.codes).map(([code, entry]) => [code, tableEntry(entry, false)] as const),
    ...Object.entries(catalogue.gateway).map(([code, entry]) => [code, tableEntry(entry, true)] as const),
  ].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    "/** Every error code of the service and of the gateway in front of it. */",
    `export const errors = ${literal(Object.fromEntries(entries))} as const;\n`,
    "/** An error code of the service or of its gateway. */\nexport type ErrorCode = keyof typeof errors;\n",
    `/** Codes that any call can meet. */\nexport type CommonErrorCode = ${commonCodes(catalogue)};\n`,
    "/** Codes that each operation can answer with, beside those that any call can meet. */",
    `export interface OperationErrors ${operationErrors(catalogue)}\n`,
  ].join("\n");
}

function tableEntry(entry: CatalogueEntry, gateway: boolean): Record<string, unknown> {
  return {
    status: entry.status,
    message: entry.message,
    wireMessages: entry.wireMessages ?? [],
    cause: entry.cause,
    remedy: entry.remedy,
    common: entry.common ?? false,
    retryable: entry.retryable ?? false,
    gateway,
  };
}

function commonCodes(catalogue: Catalogue): string {
  const all = Object.entries({ ...catalogue.codes, ...catalogue.gateway });
  const codes = all.filter(([, entry]) => entry.common).map(([code]) => JSON.stringify(code));
  return codes.length === 0 ? "never" : codes.sort().join(" | ");
}

function operationErrors(catalogue: Catalogue): string {
  const codes = new Map<string, string[]>();
  for (const [code, entry] of Object.entries({ ...catalogue.codes, ...catalogue.gateway })) {
    if (entry.common) continue;
    for (const id of entry.operations) codes.set(id, [...(codes.get(id) ?? []), JSON.stringify(code)]);
  }
  const lines = [...codes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, list]) => `  ${id}: ${list.join(" | ")};\n`);
  return `{\n${lines.join("")}}`;
}
