import { type JsonObject, listOf, operationsOf } from "../openapi.ts";
import { UserError } from "../user-error.ts";

/** One code of `spec/errors/catalogue.yaml`. */
export interface CatalogueEntry {
  /** HTTP status; null for a code that no answer was ever seen with. */
  readonly status: number | null;
  /** Message of the service's error table. */
  readonly message: string | null;
  /** Wordings seen in responses, where they differ from the table. */
  readonly wireMessages?: readonly string[];
  /** The `details` object that came with it, where one was seen. */
  readonly details?: Readonly<Record<string, string>>;
  readonly editions: readonly string[];
  readonly cause: string;
  readonly remedy: string;
  /** True when any call of the service can meet it. */
  readonly common?: boolean;
  /** True when the same request can succeed later without a change. */
  readonly retryable?: boolean;
  /** Why no operation of this description returns it, when none does. */
  readonly scope?: string;
  /** operationIds that can answer with it. */
  readonly operations: readonly string[];
}

export interface Catalogue {
  readonly codes: Readonly<Record<string, CatalogueEntry>>;
  /** Codes that stand in no table of the service, but were seen in its answers. */
  readonly gateway: Readonly<Record<string, CatalogueEntry>>;
}

/**
 * Fills `operations` of every code from the `x-fg-errors` of the operations; a common code gets all operations of the service.
 * @throws UserError when an operation names a code that the catalogue lacks.
 */
export function withOperations(catalogue: Catalogue, document: JsonObject): Catalogue {
  const users = new Map<string, string[]>();
  const all: string[] = [];
  for (const { operation, operationId, path } of operationsOf(document)) {
    if (!path.startsWith("/v2/")) continue;
    all.push(operationId);
    for (const code of listOf(operation["x-fg-errors"]).map(String)) {
      if (!catalogue.codes[code] && !catalogue.gateway[code]) {
        throw new UserError(
          `${operationId}: x-fg-errors names ${code}, which spec/errors/catalogue.yaml does not know. Add it there or correct the operation.`,
        );
      }
      users.set(code, [...(users.get(code) ?? []), operationId]);
    }
  }
  const fill = (codes: Catalogue["codes"]) =>
    Object.fromEntries(
      Object.entries(codes).map(([code, entry]) => [
        code,
        { ...entry, operations: (entry.common ? all : (users.get(code) ?? [])).toSorted() },
      ]),
    );
  return { codes: fill(catalogue.codes), gateway: fill(catalogue.gateway) };
}
