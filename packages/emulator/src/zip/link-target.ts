import { ZipFaultFound } from "./zip-fault.ts";
import { shown } from "./zip-path.ts";

/** Longer than any system takes, in bytes. */
export const longestTarget = 4096;

/**
 * Refuses a symbolic link that leads out of the package. `..` is taken at the start only: behind a name, which may be a link itself, it could
 * lead anywhere.
 * @param parts the link's own path; no folder on it may be a link
 */
export function checkLinkTarget(parts: readonly string[], bytes: Uint8Array): void {
  const target = Buffer.from(bytes).toString("utf8");
  const steps = target.split("/").filter((step) => step !== "" && step !== ".");
  const up = steps.findIndex((step) => step !== "..");
  const climbs = up === -1 ? steps.length : up;
  const bad =
    target === "" ||
    target.startsWith("/") ||
    /^[A-Za-z]:|[\0\\]/.test(target) ||
    climbs > parts.length - 1 ||
    steps.slice(climbs).includes("..");
  if (bad)
    throw new ZipFaultFound("link", `link that leads outside: ${shown(parts.join("/"))} to ${shown(target)}`);
}
