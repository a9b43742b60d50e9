export type { CallOptions, ClientOptions } from "./client-options.ts";
export { type Clock, systemClock } from "./clock.ts";
export { createFunctionGraph, type FunctionGraph } from "./create-function-graph.ts";
export type {
  AccessKeyCredentials,
  Credentials,
  CredentialsContext,
  CredentialsProvider,
  TokenCredentials,
} from "./credentials/credentials.ts";
export type { Region } from "./endpoints/region.ts";
export {
  AbortError,
  CredentialsError,
  FunctionError,
  type FunctionErrorFields,
  FunctionGraphError,
  type FunctionGraphErrorFields,
  TimeoutError,
  ValidationError,
} from "./errors/index.ts";
export type { FunctionGraphMethods } from "./generated/methods.ts";
export type * from "./generated/types/index.js";
export { other } from "./generated/types/other.js";
export type { LogFields, Logger, LogLevel } from "./logger.ts";
export type { InvocationResult, InvocationSummary } from "./methods/invocation-result.ts";
export type { Item } from "./methods/item.ts";
export type { Arguments, InvokeMethod, Method, PagedMethod, PageOptions, Result } from "./methods/method.ts";
export type { AccessKeys, SignatureHeaders, SignOptions, SignRequest } from "./sign/index.ts";
export type { FunctionUrn } from "./urn/index.ts";
export {
  type AsyncRequest,
  type Reservation,
  type WaitOptions,
  waitForAsyncInvocation,
  waitForReservedInstances,
} from "./waiters/index.ts";
export type { CodePackage, PackageFile, PackageFiles } from "./zip/index.ts";
