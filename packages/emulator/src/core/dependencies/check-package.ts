import { checkZip } from "../../zip/check-zip.ts";
import type { Limits } from "../limits.ts";
import { ServiceError } from "../service-error.ts";

const mostFiles = 30_000;

/**
 * Checks that a dependency package is a ZIP file that can be unpacked safely beside the code of a function.
 * @throws ServiceError FSS.1013 (no ZIP file), FSS.1024 (unsafe, too many files or too large unpacked, a name that ends in `~`).
 */
export async function checkPackage(bytes: Uint8Array, limits: Limits): Promise<void> {
  const { paths } = await checkZip(bytes, {
    limits: { entries: mostFiles, unpacked: limits.maxUnpacked },
    refuse: ({ kind, message }) =>
      kind === "no-zip"
        ? new ServiceError("FSS.1013", `Invalid file type. The package must be a ZIP file: ${message}.`)
        : new ServiceError("FSS.1024", `Invalid dependency. zip: ${message}`),
  });
  const backup = paths.find((path) => path.endsWith("~"));
  if (backup !== undefined)
    throw new ServiceError(
      "FSS.1024",
      `Invalid dependency. No file name in the package may end with ~, and ${JSON.stringify(backup.slice(0, 200))} does.`,
    );
}
