import { parseJson } from "../answers/parse-json.ts";
import { type Clock, systemClock } from "../clock.ts";
import { resolveEndpoints } from "../endpoints/resolve-endpoints.ts";
import { CredentialsError } from "../errors/credentials-error.ts";
import { ValidationError } from "../errors/validation-error.ts";
import type { CreateTokenRequest } from "../generated/types/index.js";
import { cached } from "./cached.ts";
import type { CredentialsProvider, TokenCredentials } from "./credentials.ts";
import { dateAt } from "./date-at.ts";
import { type Answer, exchange } from "./exchange.ts";
import { textAt } from "./text-at.ts";

/** Settings of `fromPassword`. */
export interface FromPasswordOptions {
  /** Name of the IAM user. */
  readonly user: string;
  readonly password: string;
  /** Name of the account that the user belongs to. */
  readonly domain: string;
  /** Name of the project that the token is for, as `eu-de`; or else its ID. */
  readonly project?: string | undefined;
  readonly projectId?: string | undefined;
  /** Where IAM is; by default in the region that the project's name begins with. */
  readonly iamEndpoint?: string | undefined;
  /** Milliseconds that a request may take, 10,000 by default. */
  readonly timeout?: number | undefined;
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  readonly clock?: Clock | undefined;
}

/** Tokens are valid for 24 hours; for an answer that does not say until when. */
const lifetime = 24 * 3_600_000;

/** What to do about the answers that IAM documents. */
const remedies: Readonly<Record<number, string>> = {
  400: "check the names",
  401: "check user, password and domain; users who sign in with a second factor or elsewhere have no such password",
  403: "the user may not have a token for this project",
  404: "check the account and the project",
};

/**
 * Signs an IAM user in for a token; keeps it and renews it before it expires or when it was refused.
 *
 * Throws a ValidationError at once for settings that cannot be right.
 */
export function fromPassword(options: FromPasswordOptions): CredentialsProvider {
  const {
    user,
    password,
    domain,
    project,
    projectId,
    timeout = 10_000,
    fetch,
    clock = systemClock,
  } = options;
  for (const name of ["user", "password", "domain"] as const) {
    if (!options[name]) throw new ValidationError(name, "it is empty");
  }
  const scope = projectId ? { id: projectId } : project ? { name: project } : undefined;
  if (!scope)
    throw new ValidationError(
      "project",
      'it is missing; pass the name of a project such as "eu-de", or a projectId',
    );
  const iamEndpoint = (options.iamEndpoint ?? iamOf(project)).replace(/(\/v3)?\/*$/, "");
  const request: CreateTokenRequest = {
    auth: {
      identity: {
        methods: ["password"],
        password: { user: { name: user, password, domain: { name: domain } } },
      },
      scope: { project: scope },
    },
  };

  return cached(async () => {
    const answer = await exchange(
      { source: "fromPassword", fetch, clock, timeout },
      `${iamEndpoint}/v3/auth/tokens?nocatalog=true`,
      {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(request),
      },
    );
    return tokenOf(answer, clock);
  }, clock);
}

/** Names of projects are those of their region, or begin with it: `eu-de_orders`. */
function iamOf(project: string | undefined): string {
  const region = project?.split("_")[0];
  if (!region)
    throw new ValidationError("iamEndpoint", "it is missing, and cannot be told from the ID of a project");
  return resolveEndpoints({ region, credentials: "none" }).iam;
}

function tokenOf({ status, headers, text }: Answer, clock: Clock): TokenCredentials {
  const body = parseJson(text);
  if (status !== 201) {
    const said = textAt(body, "error", "message") ?? textAt(body, "error_msg") ?? "no reason given";
    const remedy = remedies[status] ?? "try again later";
    throw new CredentialsError(`fromPassword: IAM answered ${status}, ${said.slice(0, 200)}; ${remedy}`);
  }
  const token = headers.get("X-Subject-Token");
  if (!token) {
    throw new CredentialsError(
      "fromPassword: IAM's answer shows no X-Subject-Token; in a browser, IAM has to expose that header",
    );
  }
  return { token, expiresAt: dateAt(body, "token", "expires_at") ?? new Date(clock.now() + lifetime) };
}
