import { ValidationError } from "../errors/validation-error.ts";
import { checkLength } from "./check-length.ts";
import { checkPart } from "./check-part.ts";
import type { FunctionUrn } from "./function-urn.ts";

/** Writes a function's URN in the form that its parts allow; throws a ValidationError for parts that make none of the six. */
export function formatUrn(urn: FunctionUrn): string {
  const { region, projectId, packageName, functionName, version, alias } = urn;
  const parts = { region, projectId, packageName, functionName, version, alias };
  for (const [part, value = ""] of Object.entries(parts)) {
    // `as`: Object.entries forgets the names of what it lists.
    const name = part as keyof FunctionUrn;
    if (name === "functionName" || urn[name] !== undefined) checkPart(name, value);
  }
  if (version !== undefined && alias !== undefined) {
    throw new ValidationError("alias", "a URN names a version or an alias; leave one of the two out");
  }
  if (projectId === undefined) {
    const needing = Object.entries({ region, version, alias }).find(([, value]) => value !== undefined)?.[0];
    if (needing)
      throw new ValidationError(
        "projectId",
        `it is missing; a URN with ${article(needing)} has a project and a package`,
      );
  } else if (packageName === undefined) {
    throw new ValidationError(
      "packageName",
      "it is missing; a URN with a project has one, default for most functions",
    );
  }
  if (region === undefined && projectId === "urn") {
    throw new ValidationError("projectId", "urn is how a full URN begins; write the ID of the project");
  }
  const names = [packageName, functionName, version, alias && `!${alias}`];
  const fields =
    region === undefined ? [projectId, ...names] : ["urn", "fss", region, projectId, "function", ...names];
  const text = fields.filter((field) => field !== undefined).join(":");
  checkLength(text);
  return text;
}

function article(noun: string): string {
  return noun === "alias" ? `an ${noun}` : `a ${noun}`;
}
