export { ValidationError } from "./errors/index.ts";
export type { AccessKeys, SignatureHeaders, SignOptions, SignRequest } from "./sign/index.ts";
export type { FunctionUrn } from "./urn/index.ts";
export type { CodePackage, PackageFile, PackageFiles } from "./zip/index.ts";
