import { createHash } from "node:crypto";
import { ServiceError } from "../../core/service-error.ts";
import type { RequestTarget } from "../routing/request-target.ts";
import type { Identity, User } from "./identity.ts";
import { sameText } from "./same-text.ts";
import {
  canonicalRequest,
  parseAuthorization,
  parseSdkDate,
  type SdkAuthorization,
  signatureOf,
} from "./sdk-signature.ts";

/** What of a request a signature covers, besides its body. */
export interface SignedRequest {
  readonly method: string;
  readonly target: Pick<RequestTarget, "rawPath" | "query">;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface SignatureRules {
  readonly now: Date;
  /** Milliseconds that X-Sdk-Date may be off. */
  readonly clockSkew: number;
  /** Refuses a signature that leaves out Host or X-Sdk-Date. */
  readonly strict: boolean;
}

/** A signature whose key, date and form are right; the rest is known when the body has come. */
export interface PendingSignature {
  readonly user: User;
  /** @throws ServiceError APIGW.0301 when request and signature do not belong together. */
  verify(body: Uint8Array): void;
}

const failure = "Incorrect IAM authentication information: verify aksk signature fail";

/**
 * Checks what can be checked of a signature before the body has come.
 * @throws ServiceError APIGW.0301
 */
export function checkSignature(
  header: string,
  request: SignedRequest,
  identity: Identity,
  rules: SignatureRules,
): PendingSignature {
  const authorization = parseAuthorization(header);
  if (!authorization)
    throw refused("the Authorization header must be SDK-HMAC-SHA256 Access=…, SignedHeaders=…, Signature=…");
  const user = identity.byAccessKey(authorization.accessKey);
  if (!user) throw refused(`unknown access key ${authorization.accessKey.slice(0, 64)}`);
  const text = String(request.headers["x-sdk-date"] ?? "");
  const date = parseSdkDate(text);
  if (!date) throw refused("the header X-Sdk-Date must be a UTC time like 20260302T091527Z");
  if (Math.abs(date.getTime() - rules.now.getTime()) > rules.clockSkew) {
    throw refused(
      `X-Sdk-Date is ${text}, more than ${rules.clockSkew / 60_000} minutes from the server's ${rules.now.toISOString()}`,
    );
  }
  const left = rules.strict
    ? ["host", "x-sdk-date"].find((name) => !authorization.signedHeaders.includes(name))
    : undefined;
  if (left) throw refused(`SignedHeaders must name ${left}`);
  return { user, verify: (body) => verify(authorization, user, text, request, body) };
}

function verify(
  authorization: SdkAuthorization,
  user: User,
  date: string,
  request: SignedRequest,
  body: Uint8Array,
): void {
  const actual = createHash("sha256").update(body).digest("hex");
  const declared = request.headers["x-sdk-content-sha256"];
  const payloadHash = typeof declared === "string" ? declared : actual;
  const canonical = canonicalRequest({
    method: request.method,
    // readTarget has decoded it already, segment by segment.
    path: decodeURIComponent(request.target.rawPath),
    query: request.target.query,
    headers: request.headers,
    signedHeaders: authorization.signedHeaders,
    payloadHash,
  });
  if (!sameText(authorization.signature, signatureOf(canonical, date, user.secretKey))) {
    // The gateway shows the canonical request as it sees it, which is what one needs to find the difference.
    throw new ServiceError(
      "APIGW.0301",
      `${failure}, canonicalRequest:${withoutSecrets(canonical).replaceAll("\n", "|")}`,
    );
  }
  if (payloadHash !== actual && payloadHash !== "UNSIGNED-PAYLOAD")
    throw refused("X-Sdk-Content-Sha256 is not the hash of the body");
}

function withoutSecrets(canonical: string): string {
  return canonical.replace(/^(x-auth-token|x-security-token):.*$/gm, "$1:***");
}

function refused(detail: string): ServiceError {
  return new ServiceError("APIGW.0301", `${failure}, ${detail}`);
}
