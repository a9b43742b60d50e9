import { ServiceError } from "../../core/service-error.ts";
import type { Store } from "../../store/store.ts";
import type { AuthenticationMode } from "../authentication/authenticate.ts";
import type { Project } from "../authentication/identity.ts";
import type { ServerContext } from "../server-context.ts";

/** What tells projects from misspelt ones. */
export interface ProjectsKnown {
  readonly projects: readonly Project[];
  readonly authentication: AuthenticationMode;
  readonly store: Store;
}

/** What a request's surroundings say of projects. */
export function projectsKnown({ app, identity, authentication }: ServerContext): ProjectsKnown {
  return { projects: identity.projects, authentication: authentication.mode, store: app.store };
}

/**
 * Refuses a project that is none, as it is misspelt. Without authentication, whichever project a path names is one; and what there is
 * something of was one once, at least.
 * @throws ServiceError FSS.0400 that names those there are
 */
export function checkProject(project: string, { projects, authentication, store }: ProjectsKnown): void {
  if (projects.some(({ id }) => id === project)) return;
  // What belongs to no project is kept under an empty name.
  if (project !== "") {
    if (authentication === "off") return;
    for (const document of store.documents()) if (document.project === project) return;
  }
  const known = projects.map(({ id, name }) => `${id} (${name})`).join(", ");
  throw new ServiceError(
    "FSS.0400",
    `Invalid parameter. project must be the ID of a project and is ${JSON.stringify(project.slice(0, 64))}; there is ${known}.`,
  );
}
