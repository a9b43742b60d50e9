export type { ErrorEntry } from "./error-entry.js";
export { type ErrorCode, errors } from "./generated/errors.js";
export type { OperationErrorCode } from "./operation-error-code.js";
