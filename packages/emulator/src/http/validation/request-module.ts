import type { Shape } from "./keep-known.ts";

/** One fault that a compiled validator found. */
export interface Fault {
  /** JSON pointer to the value, empty for the whole. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A validator compiled from a schema; after a refusal it holds the faults. */
export interface Validator {
  (value: unknown): boolean;
  errors?: readonly Fault[] | null;
}

/**
 * What is compiled for the request of an operation; absent where there is nothing to check.
 * @public used by the generated loaders
 */
export interface RequestModule {
  readonly path?: Validator;
  readonly query?: Validator;
  readonly header?: Validator;
  readonly body?: Validator;
  readonly shape?: Shape;
}
