import { ValidationError } from "../errors/validation-error.ts";
import { canonicalRequest } from "./canonical-request.ts";
import type { Digests } from "./digests.ts";
import { sdkDate } from "./sdk-date.ts";
import type { AccessKeys, SignatureHeaders, SignOptions, SignRequest } from "./sign-request.ts";

const algorithm = "SDK-HMAC-SHA256";
/** SHA-256 of nothing, for most requests have no body. */
const emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/** Signs a request as `sign` does, with the digests of a given platform. */
export async function signWith(
  platform: () => Digests,
  { method, url, headers = {}, body }: SignRequest,
  { accessKey, secretKey, securityToken }: AccessKeys,
  { date = new Date() }: SignOptions = {},
): Promise<SignatureHeaders> {
  if (!accessKey || !secretKey) {
    throw new ValidationError(
      accessKey ? "secretKey" : "accessKey",
      "it is empty; pass both halves of the access key",
    );
  }
  const { sha256, hmacSha256 } = platform();
  const target = new URL(url);
  const time = sdkDate(date);

  const fields: Record<string, string> = { host: target.host };
  for (const [name, value] of Symbol.iterator in headers ? headers : Object.entries(headers)) {
    const key = name.toLowerCase();
    // An earlier attempt's signature is replaced; the other two may be changed or dropped on the way.
    if (key !== "authorization" && key !== "user-agent" && !key.includes("_")) fields[key] = value.trim();
  }
  fields["x-sdk-date"] = time;
  if (securityToken) fields["x-security-token"] = securityToken;

  const names = Object.keys(fields).sort();
  const signed = names.join(";");
  // Here and below only what is a promise is waited for: each wait costs as much as a digest's tenth.
  let payloadHash = fields["x-sdk-content-sha256"] ?? (body?.length ? sha256(body) : emptyHash);
  if (typeof payloadHash !== "string") payloadHash = await payloadHash;
  let hash = sha256(canonicalRequest(method, target, fields, names, signed, payloadHash));
  if (typeof hash !== "string") hash = await hash;
  let signature = hmacSha256(secretKey, `${algorithm}\n${time}\n${hash}`);
  if (typeof signature !== "string") signature = await signature;

  const Authorization = `${algorithm} Access=${accessKey}, SignedHeaders=${signed}, Signature=${signature}`;
  return securityToken
    ? { "X-Sdk-Date": time, "X-Security-Token": securityToken, Authorization }
    : { "X-Sdk-Date": time, Authorization };
}
