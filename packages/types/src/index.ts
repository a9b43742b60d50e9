export type { Binary } from "./binary.js";
export { type ErrorCode, type ErrorEntry, errors, type OperationErrorCode } from "./errors.js";
export { enumValues } from "./generated/enums.js";
export type * from "./generated/models.js";
export type { RequestBody, ResponseBody } from "./operation-bodies.js";
export {
  type OperationId,
  type OperationInfo,
  operations,
  type Pagination,
  type Regions,
  type Server,
} from "./operations.js";
export { type Other, other } from "./other.js";
export type {
  $Read,
  $Write,
  components,
  operations as OperationTypes,
  paths,
  Readable,
  Writable,
  webhooks,
} from "./schema.js";
