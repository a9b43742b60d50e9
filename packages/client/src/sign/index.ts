export type { AccessKeys, SignatureHeaders, SignOptions, SignRequest } from "./sign-request.ts";
export { sign } from "./sign.ts";
