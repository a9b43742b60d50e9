import { ServiceError } from "../service-error.ts";

const pattern = /^[A-Za-z]([A-Za-z0-9_-]{0,62}[A-Za-z0-9])?$/;

/**
 * Checks the name of a new alias.
 * @throws ServiceError FSS.1014.
 */
export function checkAliasName(name: string): void {
  if (pattern.test(name)) return;
  throw new ServiceError(
    "FSS.1014",
    `Invalid function alias. name must have 1 to 64 letters, digits, hyphens and underscores, a letter first and a letter or digit last, and is "${name.slice(0, 80)}".`,
  );
}
