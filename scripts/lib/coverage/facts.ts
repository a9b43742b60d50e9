import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { specFolder } from "../paths.ts";

/** A parameter, header or field as the editions document it. */
export interface FieldFact {
  /** `a.b[].c`; a leading `[]` is an array at the root, `*` any key. */
  readonly path: string;
  readonly sources: readonly string[];
  readonly types?: Readonly<Record<string, string>>;
  readonly required?: Readonly<Record<string, boolean>>;
  /** Value → editions that list it. */
  readonly enum?: Readonly<Record<string, readonly string[]>>;
  readonly typeConflict?: boolean;
  readonly requiredConflict?: boolean;
}

/** Limits and defaults that one edition states for one field, from its structured text or (range, prose…) from its prose. */
export interface BoundFact {
  readonly in: Place;
  readonly path: string;
  readonly edition: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly range?: readonly [number, number];
  readonly proseMaximum?: number;
  readonly default?: string | number | boolean;
  readonly proseDefault?: string | number | boolean | null;
  readonly proseOptions?: readonly (string | number)[];
  readonly specialValues?: readonly number[];
}

export type Place = "path" | "query" | "headers" | "request" | "response" | "responseHeaders";

/** What the editions say of one operation. */
export interface OperationFacts {
  readonly operationId: string;
  readonly tag: string;
  readonly section: string;
  readonly method: string;
  readonly path: string;
  readonly deprecated: boolean;
  readonly editions: readonly string[];
  readonly statusCodes: Readonly<Record<string, readonly number[]>>;
  readonly pathParameters: readonly string[];
  readonly query: readonly FieldFact[];
  readonly headers: readonly FieldFact[];
  readonly request: readonly FieldFact[];
  readonly response: readonly FieldFact[];
  readonly responseHeaders: readonly FieldFact[];
  readonly bounds: readonly BoundFact[];
}

/** Reads `spec/provenance/facts`: one file for each tag. */
export function readFacts(folder: string = join(specFolder, "provenance", "facts")): OperationFacts[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .flatMap((name) => {
      const tag = basename(name, ".json");
      const operations: Omit<OperationFacts, "tag">[] = JSON.parse(readFileSync(join(folder, name), "utf8"));
      return operations.map((operation) => ({ ...operation, tag }));
    });
}
