import { ValidationError } from "../errors/validation-error.ts";
import type { FunctionGraphMethods } from "../generated/methods.ts";

/** The ID of the only project that the credentials reach in a region; throws a ValidationError when there is none or more than one. */
export async function findProject(
  { listProjects }: FunctionGraphMethods,
  region: string | undefined,
): Promise<string> {
  const { projects } = await listProjects(region ? { query: { name: region } } : {});
  // Names of sub-projects begin with the region's.
  const found = projects.filter(({ name }) => !region || name === region);
  if (found.length === 1 && found[0]) return found[0].id;
  throw new ValidationError(
    "projectId",
    `it is missing, and IAM has ${found.length} projects${region ? ` named ${region}` : ""}; pass one's ID`,
  );
}
