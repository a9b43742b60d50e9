export { AbortError } from "./abort-error.ts";
export { CredentialsError } from "./credentials-error.ts";
export { FunctionError, type FunctionErrorFields } from "./function-error.ts";
export { FunctionGraphError, type FunctionGraphErrorFields } from "./function-graph-error.ts";
export { TimeoutError } from "./timeout-error.ts";
export { ValidationError } from "./validation-error.ts";
