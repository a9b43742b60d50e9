import type { IamProject, IamToken } from "@functiongraph/types";
import type { Handlers } from "../contract/handler.ts";
import { ServiceError } from "../core/service-error.ts";
import type { Identity, Project, TokenContent, User } from "../http/authentication/identity.ts";

/** Makes the two operations of IAM. @param baseUrl the server's address, known once it listens. */
export function iamHandlers(
  identity: Identity,
  baseUrl: () => string,
): Pick<Handlers, "createToken" | "listProjects"> {
  return {
    createToken: ({ body, query, requestId }, app) => {
      const { methods, password } = body.auth.identity;
      if (!methods.includes("password"))
        throw new ServiceError(
          "FSS.0400",
          "The request body is invalid: auth.identity.methods must name password.",
        );
      const { name, password: secret, domain } = password.user;
      const user = identity.signIn(name, secret, domain.name);
      if (!user) throw new ServiceError("FSS.0401", "The username or password is wrong.");
      const project = scopedProject(identity, user, body.auth.scope);
      const { token, content } = identity.issue(user, project?.id);
      const catalog = query.nocatalog ? [] : catalogOf(baseUrl(), app.region, project);
      return {
        headers: { "X-Subject-Token": token, "X-IAM-Trace-Id": requestId },
        body: { token: describeToken(content, project, catalog) },
      };
    },
    listProjects: ({ query, caller }) => {
      if ((query.page === undefined) !== (query.per_page === undefined))
        throw new ServiceError("FSS.0400", "The parameters page and per_page must be sent together.");
      if (query.domain_id !== undefined && query.domain_id !== caller.domainId)
        throw new ServiceError("FSS.0404", "Could not find the account.");
      const user = identity.users.find((each) => each.id === caller.userId);
      const own = user ? identity.projectsOf(user) : [];
      const matching = own.filter(
        ({ name }) =>
          (query.name === undefined || name === query.name) &&
          (query.parent_id === undefined || query.parent_id === caller.domainId) &&
          query.enabled !== false,
      );
      const size = query.per_page ?? matching.length;
      const start = ((query.page ?? 1) - 1) * size;
      const address = `${baseUrl()}/v3/projects`;
      const filters = new URLSearchParams(
        Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
      ).toString();
      const self = filters === "" ? address : `${address}?${filters}`;
      const projects = matching
        .slice(start, start + size)
        .map((project) => describeProject(project, caller.domainId, address));
      return { body: { projects, links: { self, previous: null, next: null } } };
    },
  };
}

function scopedProject(
  identity: Identity,
  user: User,
  scope: { project?: { id?: string; name?: string }; domain?: { id?: string; name?: string } } | undefined,
): Project | undefined {
  if (scope?.project) {
    const { id, name } = scope.project;
    if (id === undefined && name === undefined)
      throw new ServiceError("FSS.0400", "The request body is invalid: auth.scope.project needs id or name.");
    const project = identity.projects.find(
      (each) => (id === undefined || each.id === id) && (name === undefined || each.name === name),
    );
    if (!project) throw new ServiceError("FSS.0404", "Could not find the project of the scope.");
    if (!user.projects.includes(project.id))
      throw new ServiceError("FSS.0403", "You are not authorized to perform the requested action.");
    return project;
  }
  const { id, name } = scope?.domain ?? {};
  if ((id !== undefined && id !== user.domainId) || (name !== undefined && name !== user.domainName)) {
    throw new ServiceError("FSS.0404", "Could not find the account of the scope.");
  }
  return undefined;
}

function describeToken(
  { user, issuedAt, expiresAt }: TokenContent,
  project: Project | undefined,
  catalog: NonNullable<IamToken["catalog"]>,
): IamToken {
  const domain = { id: user.domainId, name: user.domainName };
  return {
    methods: ["password"],
    issued_at: microseconds(issuedAt),
    expires_at: microseconds(expiresAt),
    user: { id: user.id, name: user.name, domain, password_expires_at: "" },
    ...(project ? { project: { id: project.id, name: project.name, domain } } : { domain }),
    roles: [{ id: "0", name: "te_admin" }],
    catalog,
  };
}

function catalogOf(
  base: string,
  region: string,
  project: Project | undefined,
): NonNullable<IamToken["catalog"]> {
  const service = (name: string, type: string, place: string, url: string) => ({
    id: name,
    name,
    type,
    endpoints: [{ id: name, interface: "public", region: place, region_id: place, url }],
  });
  const iam = service("iam", "identity", "*", `${base}/v3`);
  return project
    ? [iam, service("functiongraph", "functiongraph", region, `${base}/v2/${project.id}`)]
    : [iam];
}

function describeProject({ id, name }: Project, domainId: string, address: string): IamProject {
  const links = { self: `${address}/${id}`, previous: null, next: null };
  return {
    id,
    name,
    description: "",
    domain_id: domainId,
    parent_id: domainId,
    is_domain: false,
    enabled: true,
    links,
  };
}

/** In UTC with microseconds. */
function microseconds(date: Date): string {
  return date.toISOString().replace("Z", "000Z");
}
