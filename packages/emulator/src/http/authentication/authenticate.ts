import type { Caller } from "../../contract/handler.ts";
import type { Clock } from "../../core/clock.ts";
import { ServiceError } from "../../core/service-error.ts";
import type { Route } from "../routing/route.ts";
import type { Identity, User } from "./identity.ts";
import { checkSignature, type PendingSignature, type SignedRequest } from "./verify-signature.ts";

/** `on` checks every token and signature, `strict` is stricter about what a signature covers, `off` lets everyone in. */
export type AuthenticationMode = "on" | "strict" | "off";

export interface AuthenticationRules {
  readonly mode: AuthenticationMode;
  readonly identity: Identity;
  readonly clock: Clock;
  /** Milliseconds that X-Sdk-Date may be off. */
  readonly clockSkew: number;
}

/** Who calls, and the signature that is still to be held against the body. */
export interface Authenticated {
  readonly caller: Caller;
  readonly signature?: PendingSignature;
}

/**
 * Finds out who calls, from the headers alone.
 * @param projectId the project in the path; absent for operations of IAM.
 * @throws ServiceError APIGW.0301 or APIGW.0307 (not known), FSS.0403 (known, but not in this project).
 */
export function authenticate(
  route: Pick<Route, "open">,
  request: SignedRequest,
  projectId: string | undefined,
  rules: AuthenticationRules,
): Authenticated {
  if (route.open) return { caller: nobody };
  const { identity, mode } = rules;
  if (mode === "off") return { caller: callerOf(identity, identity.users[0], projectId) };
  const token = single(request.headers["x-auth-token"]);
  const authorization = single(request.headers.authorization);
  if (authorization !== undefined && (token === undefined || mode === "strict")) {
    const strict = mode === "strict";
    const signature = checkSignature(authorization, request, identity, {
      now: rules.clock.now(),
      clockSkew: rules.clockSkew,
      strict,
    });
    if (token !== undefined) openToken(identity, token);
    const named = single(request.headers["x-project-id"]);
    if (projectId !== undefined && named !== undefined && named !== projectId)
      throw forbidden("X-Project-Id names another project than the path.");
    checkProject(signature.user, projectId);
    return { caller: callerOf(identity, signature.user, projectId ?? named), signature };
  }
  if (token === undefined)
    throw new ServiceError("APIGW.0301", "Incorrect IAM authentication information: x-auth-token not found");
  const content = openToken(identity, token);
  if (projectId !== undefined && content.projectId !== projectId) {
    throw forbidden(
      content.projectId === undefined
        ? "The token is good for no project."
        : "The token is good for another project than that of the path.",
    );
  }
  checkProject(content.user, projectId);
  return { caller: callerOf(identity, content.user, projectId ?? content.projectId) };
}

function openToken(identity: Identity, token: string): NonNullable<ReturnType<Identity["open"]>> {
  const content = identity.open(token);
  if (!content)
    throw new ServiceError("APIGW.0301", "Incorrect IAM authentication information: decrypt token fail");
  if (identity.isExpired(content)) {
    throw new ServiceError(
      "APIGW.0307",
      `The token must be updated. It expired at ${content.expiresAt.toISOString()}.`,
    );
  }
  return content;
}

function checkProject(user: User, projectId: string | undefined): void {
  if (projectId !== undefined && !user.projects.includes(projectId))
    throw forbidden(`The user ${user.name} has no project ${projectId.slice(0, 64)}.`);
}

function forbidden(what: string): ServiceError {
  return new ServiceError("FSS.0403", `Forbidden. ${what}`);
}

const nobody: Caller = {
  projectId: "",
  projectName: "",
  domainId: "",
  domainName: "",
  userId: "",
  userName: "",
};

function callerOf(identity: Identity, user: User | undefined, projectId: string | undefined): Caller {
  const id = projectId ?? user?.projects[0] ?? "";
  const project = identity.projects.find((each) => each.id === id);
  return {
    projectId: id,
    projectName: project?.name ?? identity.projects[0]?.name ?? "",
    domainId: user?.domainId ?? "",
    domainName: user?.domainName ?? "",
    userId: user?.id ?? "",
    userName: user?.name ?? "",
  };
}

function single(value: string | string[] | undefined): string | undefined {
  const text = Array.isArray(value) ? value[0] : value;
  return text === undefined || text === "" ? undefined : text;
}
