import { type JsonObject, operationsOf } from "../openapi.ts";
import { boundFindings } from "./bounds.ts";
import type { FieldFact, OperationFacts, Place } from "./facts.ts";
import { OperationSchemas } from "./operation-schemas.ts";
import { valuesOf } from "./schema-path.ts";

export type Kind = "operations" | "parameters" | "fields" | "enum values" | "statuses" | "bounds";

/** One documented fact, and whether the description holds it. */
export interface Finding {
  readonly operationId: string;
  readonly tag: string;
  readonly kind: Kind;
  readonly in: Place | "operation" | "status";
  readonly path: string;
  /** Enum value, status or bound. */
  readonly value?: string;
  readonly editions: readonly string[];
  readonly covered: boolean;
}

/** Compares a bundled description with the facts: one finding for each documented fact. */
export function compare(document: JsonObject, facts: readonly OperationFacts[]): Finding[] {
  const entries = new Map(
    operationsOf(document).map((entry) => [`${entry.method.toUpperCase()} ${entry.path}`, entry]),
  );
  return facts.flatMap((fact) => {
    const entry = entries.get(`${fact.method} ${fact.path}`);
    const common = { operationId: fact.operationId, tag: fact.tag };
    const matches =
      entry !== undefined &&
      entry.operationId === fact.operationId &&
      (entry.operation.deprecated === true) === fact.deprecated;
    const operation: Finding = {
      ...common,
      kind: "operations",
      in: "operation",
      path: `${fact.method} ${fact.path}`,
      editions: fact.editions,
      covered: matches,
    };
    const schemas = new OperationSchemas(
      document,
      entry ?? {
        path: fact.path,
        method: fact.method,
        pathItem: {},
        operation: {},
        operationId: fact.operationId,
      },
    );
    const fields = (place: Place, kind: Kind, list: readonly FieldFact[]) =>
      list.flatMap((field): Finding[] => {
        const found = schemas.at(place, field.path);
        const values = valuesOf(found);
        return [
          {
            ...common,
            kind,
            in: place,
            path: field.path,
            editions: field.sources,
            covered: found.length > 0,
          },
          ...Object.entries(field.enum ?? {}).map(
            ([value, editions]): Finding => ({
              ...common,
              kind: "enum values",
              in: place,
              path: field.path,
              value,
              editions,
              covered: values.has(value),
            }),
          ),
        ];
      });
    return [
      operation,
      ...fact.pathParameters.map(
        (name): Finding => ({
          ...common,
          kind: "parameters",
          in: "path",
          path: name,
          editions: fact.editions,
          covered: schemas.at("path", name).length > 0,
        }),
      ),
      ...fields("query", "parameters", fact.query),
      ...fields("headers", "parameters", fact.headers),
      ...fields("request", "fields", fact.request),
      ...fields("response", "fields", fact.response),
      ...fields("responseHeaders", "fields", fact.responseHeaders),
      ...statusFindings(fact, schemas).map((finding) => ({ ...common, ...finding })),
      ...fact.bounds.flatMap((bound) =>
        boundFindings(schemas.at(bound.in, bound.path), bound).map(
          ({ value, covered }): Finding => ({
            ...common,
            kind: "bounds",
            in: bound.in,
            path: bound.path,
            value,
            editions: [bound.edition],
            covered,
          }),
        ),
      ),
    ];
  });
}

function statusFindings(
  fact: OperationFacts,
  schemas: OperationSchemas,
): Omit<Finding, "operationId" | "tag">[] {
  const editions = new Map<string, string[]>();
  for (const [edition, statuses] of Object.entries(fact.statusCodes)) {
    for (const status of statuses)
      editions.set(String(status), [...(editions.get(String(status)) ?? []), edition]);
  }
  return [...editions].map(([status, names]) => ({
    kind: "statuses",
    in: "status",
    path: status,
    editions: names,
    covered: schemas.statuses.has(status),
  }));
}
