import type { CommonErrorCode, OperationErrors } from "./generated/errors.js";
import type { OperationId } from "./generated/operations.js";

/** The documented error codes of an operation: its own and those that any call can meet. */
export type OperationErrorCode<Id extends OperationId> =
  | CommonErrorCode
  | (Id extends keyof OperationErrors ? OperationErrors[Id] : never);
