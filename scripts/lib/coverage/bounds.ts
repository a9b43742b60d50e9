import type { JsonObject } from "../openapi.ts";
import type { BoundFact } from "./facts.ts";
import { valuesOf } from "./schema-path.ts";

export interface BoundFinding {
  /** The bound as text, for example `maximum 900`. */
  readonly value: string;
  readonly covered: boolean;
}

/**
 * Compares one edition's limits and defaults with the schemas of a field. A bound is covered by the keyword itself, or, where editions
 * differ or the value depends on the account, by a description that tells the number.
 */
export function boundFindings(schemas: readonly JsonObject[], bound: BoundFact): BoundFinding[] {
  const has = (keyword: string, value: unknown) =>
    schemas.some((schema) => schema[keyword] === value) || told(schemas, value);
  const isDefault = (value: unknown) =>
    schemas.some((schema) => String(schema.default) === String(value)) || told(schemas, value);
  const values = valuesOf(schemas);
  const findings: BoundFinding[] = [];
  const keywords = [
    ["minimum", bound.minimum ?? bound.range?.[0]],
    [
      "maximum",
      bound.maximum ??
        bound.range?.[1] ??
        (bound.maxLength === bound.proseMaximum ? undefined : bound.proseMaximum),
    ],
    ["minLength", bound.minLength],
    ["maxLength", bound.maxLength],
  ] as const;
  for (const [keyword, value] of keywords) {
    // A minimum length of 0 says nothing.
    if (value === undefined || (keyword === "minLength" && value === 0)) continue;
    findings.push({ value: `${keyword} ${value}`, covered: has(keyword, value) });
  }
  for (const value of new Set([bound.default, bound.proseDefault])) {
    if (value !== undefined && value !== null)
      findings.push({ value: `default ${value}`, covered: isDefault(value) });
  }
  for (const value of bound.proseOptions ?? []) {
    const plain = normalise(String(value));
    const listed = [...values].some((candidate) => normalise(candidate) === plain);
    findings.push({
      value: `option ${value}`,
      covered: listed || told(schemas, value) || isMultiple(schemas, value),
    });
  }
  for (const value of bound.specialValues ?? [])
    findings.push({ value: `special value ${value}`, covered: told(schemas, value) });
  return findings;
}

/** Whether one of the descriptions names the value as a word of its own; digits may be grouped by commas. */
function told(schemas: readonly JsonObject[], value: unknown): boolean {
  const text = String(value).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const word = new RegExp(`(?<![\\w.-])${text}(?![\\w]|\\.\\d)`, "i");
  return schemas.some((schema) =>
    word.test(
      String(schema.description ?? "")
        .replace(/(\d),(?=\d{3})/g, "$1")
        .replaceAll("−", "-"),
    ),
  );
}

function isMultiple(schemas: readonly JsonObject[], value: string | number): boolean {
  return schemas.some(
    (schema) => typeof schema.multipleOf === "number" && Number(value) % schema.multipleOf === 0,
  );
}

function normalise(text: string): string {
  return text.replaceAll(" ", "").toLowerCase();
}
