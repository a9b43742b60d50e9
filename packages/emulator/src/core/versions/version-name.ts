import { ServiceError } from "../service-error.ts";

const pattern = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,40}[A-Za-z0-9])?$/;

/**
 * Checks the name of a version.
 * @throws ServiceError FSS.1015.
 */
export function checkVersionName(field: string, name: string): void {
  if (pattern.test(name)) return;
  throw new ServiceError(
    "FSS.1015",
    `Invalid function version. ${field} must have 1 to 42 letters, digits, periods, underscores and hyphens, a letter or digit at both ends, and is "${name.slice(0, 60)}".`,
  );
}

/** The name that a version gets of the time of its publication in UTC; with a number behind it if there is one of that second already. */
export function automaticName(now: Date, taken: (name: string) => boolean): string {
  const digits = now.toISOString().slice(0, 19).replaceAll(/[-:]/g, "");
  const name = `v${digits.replace("T", "-")}`;
  let candidate = name;
  for (let i = 2; taken(candidate); i++) candidate = `${name}-${i}`;
  return candidate;
}
