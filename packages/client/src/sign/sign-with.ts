import { ValidationError } from "../errors/validation-error.ts";
import { canonicalRequest } from "./canonical-request.ts";
import type { Digests } from "./digests.ts";
import type { AccessKeys, SignatureHeaders, SignOptions, SignRequest } from "./sign-request.ts";

const algorithm = "SDK-HMAC-SHA256";

/** Signs a request as `sign` does, with the digests of a given platform. */
export async function signWith(
  { sha256, hmacSha256 }: Digests,
  { method, url, headers = {}, body = "" }: SignRequest,
  { accessKey, secretKey, securityToken }: AccessKeys,
  { date = new Date() }: SignOptions = {},
): Promise<SignatureHeaders> {
  for (const [field, value] of Object.entries({ accessKey, secretKey })) {
    if (!value) throw new ValidationError(field, "it is empty; pass both halves of the access key");
  }
  const target = new URL(url);
  const time = date.toISOString().replace(/[-:]|\.\d+/g, "");
  const added: [string, string][] = [["X-Sdk-Date", time]];
  if (securityToken) added.push(["X-Security-Token", securityToken]);

  const signed = new Map([["host", target.host]]);
  for (const [name, value] of [...(Symbol.iterator in headers ? headers : Object.entries(headers)), ...added]) {
    const key = name.toLowerCase();
    // An earlier attempt's signature is replaced; the other two may be changed or dropped on the way.
    if (key !== "authorization" && key !== "user-agent" && !key.includes("_")) signed.set(key, value.trim());
  }
  const names = [...signed.keys()].sort();
  const lines = names.map((name) => `${name}:${signed.get(name)}`);
  const payloadHash = signed.get("x-sdk-content-sha256") ?? (await sha256(body));
  const canonical = canonicalRequest(method, target, lines, names.join(";"), payloadHash);
  const signature = await hmacSha256(secretKey, `${algorithm}\n${time}\n${await sha256(canonical)}`);
  return {
    ...Object.fromEntries(added),
    "X-Sdk-Date": time,
    Authorization: `${algorithm} Access=${accessKey}, SignedHeaders=${names.join(";")}, Signature=${signature}`,
  };
}
