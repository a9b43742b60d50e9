export { type OperationId, operations } from "./generated/operations.js";
export type { OperationInfo, Pagination, Regions, Server } from "./operation-info.js";
