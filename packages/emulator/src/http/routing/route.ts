import type { ErrorCode, OperationId } from "@functiongraph/types";

/** How a parameter's text is read: as it is, as a whole number, or as `true` and `false`. */
export type ParameterKind = "string" | "integer" | "boolean";

/** An operation as the server sees it; the generated table holds all of them. */
export interface Route {
  readonly id: OperationId;
  readonly method: string;
  /** Path with parameters in braces. */
  readonly path: string;
  readonly tag: string;
  readonly query: Readonly<Record<string, ParameterKind>>;
  readonly header: Readonly<Record<string, ParameterKind>>;
  readonly body: "none" | "optional" | "required";
  /** Status of the usual success. */
  readonly success: number;
  /** The error codes that the operation declares, beside those that any call can meet. */
  readonly errors: readonly ErrorCode[];
  /** True when the operation needs no credentials. */
  readonly open: boolean;
}
