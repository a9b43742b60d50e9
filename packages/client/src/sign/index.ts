export { sign } from "./sign.ts";
export type { AccessKeys, SignatureHeaders, SignOptions, SignRequest } from "./sign-request.ts";
