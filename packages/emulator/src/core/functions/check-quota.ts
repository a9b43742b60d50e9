import type { Reader } from "../../store/store.ts";
import type { App } from "../app.ts";
import { ServiceError } from "../service-error.ts";
import { codeBytes } from "./put-version.ts";
import { functions } from "./records.ts";

const mib = 1024 * 1024;
// The documents name one number for all accounts.
const mostPackages = 400;

/**
 * Checks that the project has room for one more function.
 * @throws ServiceError FSS.1041, FSS.1044.
 */
export function checkFunctionQuota(tx: Reader, app: App, project: string, pkg: string): void {
  const most = app.limits.functions;
  const number = tx.count(functions, project);
  if (number >= most) {
    throw new ServiceError(
      "FSS.1041",
      `The number of functions exceeds the maximum allowed limit. The project has ${number} of at most ${most}.`,
    );
  }
  // As many packages need as many functions, so that a smaller project need not be looked through.
  if (number < mostPackages || tx.count(functions, project, `${pkg}:`) > 0) return;
  const packages = new Set(tx.list(functions, project).map(({ value }) => value.package));
  if (packages.size >= mostPackages) throw new ServiceError("FSS.1044");
}

/**
 * Checks that the project has room for more code.
 * @param more bytes that are added; bytes that are taken away count negative.
 * @throws ServiceError FSS.1042.
 */
export function checkCodeQuota(tx: Reader, app: App, project: string, more: number): void {
  const most = app.limits.codeSizeMb;
  const used = codeBytes(tx, project) + more;
  if (more <= 0 || used <= most * mib) return;
  throw new ServiceError(
    "FSS.1042",
    `The total code size of functions exceeds the maximum allowed limit. It may be ${most} MB and would be ${Math.ceil(used / mib)} MB.`,
  );
}
