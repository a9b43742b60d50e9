import { createHmac } from "node:crypto";
import type { Clock } from "../../core/clock.ts";
import { sameText } from "./same-text.ts";

/** A project: a tenant of its own, with nothing shared. */
export interface Project {
  readonly id: string;
  readonly name: string;
}

/** Someone who may sign in, and sign. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly password: string;
  readonly domainId: string;
  readonly domainName: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** IDs of the projects that the user may use. */
  readonly projects: readonly string[];
}

/** What a token says. */
export interface TokenContent {
  readonly user: User;
  /** Absent for a token that is good for no project. */
  readonly projectId?: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

const lifetime = 24 * 60 * 60 * 1000;
/** Tokens that are kept with their content. */
const mostOpened = 1000;

/**
 * Users, projects and tokens. Tokens are not stored: each carries its content and a seal made with the user's secrets,
 * so that a restart keeps it valid and a new password ends it.
 */
export class Identity {
  readonly users: readonly User[];
  readonly projects: readonly Project[];
  readonly #clock: Clock;
  /** Tokens whose seal was found right, since the same one comes with every request. */
  readonly #opened = new Map<string, TokenContent>();

  constructor(users: readonly User[], projects: readonly Project[], clock: Clock) {
    this.users = users;
    this.projects = projects;
    this.#clock = clock;
  }

  byAccessKey(accessKey: string): User | undefined {
    return this.users.find((user) => user.accessKey === accessKey);
  }

  /** The user with this name, password and account name; undefined when one of them is wrong. */
  signIn(name: string, password: string, domainName: string): User | undefined {
    const user = this.users.find((each) => each.name === name && each.domainName === domainName);
    // Compares in any case, so that the time does not tell whether there is such a user.
    const right = sameText(password, user?.password ?? "");
    return user && right ? user : undefined;
  }

  projectsOf(user: User): Project[] {
    return this.projects.filter((project) => user.projects.includes(project.id));
  }

  /** A token for 24 hours from now. */
  issue(
    user: User,
    projectId: string | undefined,
  ): { readonly token: string; readonly content: TokenContent } {
    const issued = this.#clock.now().getTime();
    const payload = Buffer.from(JSON.stringify({ user: user.id, project: projectId, issued })).toString(
      "base64url",
    );
    return { token: `${payload}.${seal(payload, user)}`, content: contentOf(user, projectId, issued) };
  }

  /** What a token says; undefined when it is none of this emulator's. An expired one is given out all the same. */
  open(token: string): TokenContent | undefined {
    const known = this.#opened.get(token);
    if (known) return known;
    const content = this.#unseal(token);
    if (!content) return undefined;
    if (this.#opened.size >= mostOpened) this.#opened.clear();
    this.#opened.set(token, content);
    return content;
  }

  #unseal(token: string): TokenContent | undefined {
    const [payload = "", mark = "", ...more] = token.split(".");
    const claims = more.length === 0 ? parseClaims(payload) : undefined;
    const user = this.users.find((each) => each.id === claims?.user);
    if (!claims || !user || !sameText(mark, seal(payload, user))) return undefined;
    return contentOf(user, claims.project, claims.issued);
  }

  isExpired(content: TokenContent): boolean {
    return content.expiresAt.getTime() <= this.#clock.now().getTime();
  }
}

function contentOf(user: User, projectId: string | undefined, issued: number): TokenContent {
  return {
    user,
    ...(projectId !== undefined && { projectId }),
    issuedAt: new Date(issued),
    expiresAt: new Date(issued + lifetime),
  };
}

function seal(payload: string, user: User): string {
  return createHmac("sha256", `token\n${user.password}\n${user.secretKey}`)
    .update(payload)
    .digest("base64url");
}

function parseClaims(
  payload: string,
): { user: string; project: string | undefined; issued: number } | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
    if (typeof value !== "object" || value === null || !("user" in value) || !("issued" in value))
      return undefined;
    const project = "project" in value && typeof value.project === "string" ? value.project : undefined;
    return typeof value.user === "string" && typeof value.issued === "number"
      ? { user: value.user, project, issued: value.issued }
      : undefined;
  } catch {
    return undefined;
  }
}
