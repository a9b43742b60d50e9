import { type JsonObject, listOf, operationsOf } from "../openapi.ts";
import type { Conflict } from "./exceptions.ts";
import type { OperationFacts, Place } from "./facts.ts";
import { OperationSchemas } from "./operation-schemas.ts";

/** A conflict between editions, its settlement, and whether the description follows it. */
export interface ConflictFinding {
  readonly operationId: string;
  readonly in: Place;
  readonly path: string;
  readonly kind: "type" | "required";
  /** What each edition says. */
  readonly readings: Readonly<Record<string, string>>;
  readonly settlement?: Conflict;
  /** Why it counts as open; absent when all is well. */
  readonly problem?: string;
}

const places = ["query", "headers", "request", "response"] as const;

/** Every type or required conflict of the facts, with how it was settled. */
export function conflictFindings(
  document: JsonObject,
  facts: readonly OperationFacts[],
  conflicts: readonly Conflict[],
): ConflictFinding[] {
  const entries = new Map(operationsOf(document).map((entry) => [entry.operationId, entry]));
  return facts.flatMap((fact) => {
    const entry = entries.get(fact.operationId);
    if (!entry) return [];
    const schemas = new OperationSchemas(document, entry);
    return places.flatMap((place) =>
      fact[place].flatMap((field) => {
        const kinds = [
          ...(field.typeConflict ? [{ kind: "type" as const, readings: field.types ?? {} }] : []),
          ...(field.requiredConflict
            ? [{ kind: "required" as const, readings: words(field.required ?? {}) }]
            : []),
        ];
        return kinds.map(({ kind, readings }): ConflictFinding => {
          const settlement = conflicts.find(
            (one) =>
              (one.operationId === "*" || one.operationId === fact.operationId) &&
              one.in === place &&
              one.path === field.path &&
              one.kind === kind,
          );
          const problem = problemOf(schemas, place, field.path, kind, settlement);
          return {
            operationId: fact.operationId,
            in: place,
            path: field.path,
            kind,
            readings,
            ...(settlement && { settlement }),
            ...(problem && { problem }),
          };
        });
      }),
    );
  });
}

function problemOf(
  schemas: OperationSchemas,
  place: Place,
  path: string,
  kind: "type" | "required",
  settlement: Conflict | undefined,
): string | undefined {
  if (!settlement) return "no settlement in spec/provenance/exceptions";
  if (kind === "required") {
    const actual = schemas.requires(place, path) ? "required" : "optional";
    return actual === settlement.decision
      ? undefined
      : `settled as ${settlement.decision}, but the description has it ${actual}`;
  }
  const types = schemas
    .at(place, path)
    .flatMap((schema) => listOf(schema.type).concat(typeof schema.type === "string" ? [schema.type] : []));
  const wanted = settlement.decision.split("|").map((type) => type.trim());
  const missing = wanted.filter((type) => !types.includes(type));
  return missing.length === 0
    ? undefined
    : `settled as ${settlement.decision}, but the description says ${types.join(", ") || "nothing"}`;
}

function words(required: Readonly<Record<string, boolean>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(required).map(([edition, flag]) => [edition, flag ? "required" : "optional"]),
  );
}
