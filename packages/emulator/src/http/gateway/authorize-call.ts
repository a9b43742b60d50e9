import type { IncomingMessage } from "node:http";
import { ServiceError } from "../../core/service-error.ts";
import type { EventData } from "../../core/triggers/records.ts";
import { authenticate } from "../authentication/authenticate.ts";
import type { PendingSignature } from "../authentication/verify-signature.ts";
import type { RequestTarget } from "../routing/request-target.ts";
import type { ServerContext } from "../server-context.ts";
import { GatewayError } from "./gateway-error.ts";

/**
 * Finds out whether a caller may call an API. An API without authentication is for everyone; for any other a caller needs what the
 * emulator's own operations accept, of any user and project.
 * @returns the signature that is still to be held against the body, if there is one.
 * @throws GatewayError APIG.0301 (IAM), APIG.0303 (app).
 */
export function authorizeCall(
  api: EventData,
  request: IncomingMessage,
  target: RequestTarget,
  { authentication }: ServerContext,
): PendingSignature | undefined {
  if (api.auth === "NONE") return undefined;
  const signed = { method: request.method ?? "", target, headers: request.headers };
  const pending = refusedAsGateway(api, () =>
    authenticate({ open: false }, signed, undefined, authentication),
  ).signature;
  return (
    pending && { user: pending.user, verify: (body) => refusedAsGateway(api, () => pending.verify(body)) }
  );
}

function refusedAsGateway<T>(api: EventData, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (api.auth !== "APP" || error.status !== 401)
      throw new GatewayError(error.status, error.code.replace("APIGW.", "APIG."), error.message);
    const detail = error.message.replace(/^Incorrect IAM authentication information/, "");
    throw new GatewayError(401, "APIG.0303", `Incorrect app authentication information${detail}`);
  }
}
