import type { Validator } from "./request-module.ts";

/** What the description says about one status of an operation. */
export interface DeclaredResponse {
  /** Header names in lower case, true where the header is required. */
  readonly headers: Readonly<Record<string, boolean>>;
  /** By media type; null where the body is no JSON. */
  readonly content: Readonly<Record<string, Validator | null>>;
}

/**
 * What is compiled for the responses of an operation, by status or `default`.
 * @public used by the generated loaders
 */
export interface ResponseModule {
  readonly responses: Readonly<Record<string, DeclaredResponse>>;
}
