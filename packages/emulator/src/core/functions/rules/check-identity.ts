import { ServiceError } from "../../service-error.ts";

const namePattern = /^[A-Za-z]([A-Za-z0-9_-]{0,58}[A-Za-z0-9])?$/;
const packagePattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$/;

/**
 * Checks the name of a function.
 * @throws ServiceError FSS.1002.
 */
export function checkFunctionName(name: string): void {
  if (namePattern.test(name)) return;
  throw new ServiceError(
    "FSS.1002",
    `Invalid function name. func_name must have 1 to 60 letters, digits, hyphens and underscores, a letter first and a letter or digit last, and is "${name.slice(0, 80)}".`,
  );
}

/**
 * Checks the name of a package, the group of functions.
 * @throws ServiceError FSS.1004.
 */
export function checkPackageName(name: string): void {
  if (packagePattern.test(name)) return;
  throw new ServiceError(
    "FSS.1004",
    `Invalid Package (function app). package must have 1 to 60 letters, digits, hyphens and underscores, a letter or digit first, and is "${name.slice(0, 80)}".`,
  );
}
