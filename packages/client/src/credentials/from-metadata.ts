import { parseJson } from "../answers/parse-json.ts";
import { type Clock, systemClock } from "../clock.ts";
import { CredentialsError } from "../errors/credentials-error.ts";
import { cached } from "./cached.ts";
import type { Credentials, CredentialsProvider } from "./credentials.ts";
import { dateAt } from "./date-at.ts";
import { type Answer, exchange } from "./exchange.ts";
import { textAt } from "./text-at.ts";

/** Settings of `fromMetadata`. */
export interface FromMetadataOptions {
  /** Where the metadata service is, `http://169.254.169.254` by default. */
  readonly endpoint?: string | undefined;
  /** Milliseconds that each of the two requests may take, 3000 by default. */
  readonly timeout?: number | undefined;
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  readonly clock?: Clock | undefined;
}

/**
 * Takes the temporary key of the agency of the cloud server or container that the program runs on, from the link-local metadata service;
 * keeps it and renews it before it expires.
 *
 * The service is asked for a session token first, as its newer form demands, and without one where it has none.
 */
export function fromMetadata({
  endpoint = "http://169.254.169.254",
  timeout = 3000,
  fetch,
  clock = systemClock,
}: FromMetadataOptions = {}): CredentialsProvider {
  const base = endpoint.replace(/\/+$/, "");
  const settings = { source: "fromMetadata", fetch, clock, timeout };

  return cached(async () => {
    const session = await exchange(settings, `${base}/meta-data/latest/api/token`, {
      method: "PUT",
      headers: { "X-Metadata-Token-Ttl-Seconds": "60" },
    });
    const answer = await exchange(settings, `${base}/openstack/latest/securitykey`, {
      // The older form answers the request for a token with 404 or 405, containers with 400.
      headers: session.status === 200 ? { "X-Metadata-Token": session.text.trim() } : {},
    });
    return credentialsOf(answer);
  }, clock);
}

function credentialsOf({ status, text }: Answer): Credentials {
  // The service says so in words only; 401 is also its answer to a missing session token.
  if (/Agency/i.test(text) && status >= 400) {
    throw new CredentialsError(
      "fromMetadata: this server has no agency; choose one in its settings, with permissions for FunctionGraph",
    );
  }
  if (status !== 200)
    throw new CredentialsError(
      `fromMetadata: the metadata service answered ${status}; is this a server of the cloud?`,
    );
  const body = parseJson(text);
  const accessKey = textAt(body, "credential", "access");
  const secretKey = textAt(body, "credential", "secret");
  const securityToken = textAt(body, "credential", "securitytoken");
  if (!accessKey || !secretKey || !securityToken) {
    throw new CredentialsError(
      "fromMetadata: the answer of the metadata service holds no key; is this a server of the cloud?",
    );
  }
  return { accessKey, secretKey, securityToken, expiresAt: dateAt(body, "credential", "expires_at") };
}
