import { platformDigests } from "./platform-digests.ts";
import type { AccessKeys, SignatureHeaders, SignOptions, SignRequest } from "./sign-request.ts";
import { signWith } from "./sign-with.ts";

/**
 * Signs a request with an access key by SDK-HMAC-SHA256 and resolves to the headers to add: `Authorization`, `X-Sdk-Date`, and
 * `X-Security-Token` for temporary keys; rejects with a ValidationError when a key is empty or the path is malformed.
 *
 * An `X-Sdk-Content-Sha256` header among the request's own stands for the hash of the body: `UNSIGNED-PAYLOAD` leaves the body out.
 */
export function sign(
  request: SignRequest,
  credentials: AccessKeys,
  options?: SignOptions,
): Promise<SignatureHeaders> {
  return signWith(platformDigests, request, credentials, options);
}
