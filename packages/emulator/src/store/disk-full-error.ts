/** Why something could not be stored: there is no room. Nothing of it is stored, and the same works again once there is room. */
export class DiskFullError extends Error {
  override readonly name = "DiskFullError";

  /** @param place what could not be written, if that is known */
  constructor(place: string | undefined, options?: ErrorOptions) {
    const what = place === undefined ? "" : `: ${place} cannot be written`;
    super(`The emulator's disk is full${what}. Make room and try again.`, options);
  }
}

/** Codes of the system (no room, quota used up) and of SQLite. */
const codes: ReadonlySet<unknown> = new Set(["ENOSPC", "EDQUOT", "SQLITE_FULL"]);

/**
 * The error of an operation on files or on the database that failed for want of room; undefined if it failed for anything else.
 * @param place what was being written. Default: the file, where the error names one.
 */
export function diskFullError(error: unknown, place?: string): DiskFullError | undefined {
  if (error instanceof DiskFullError) return error;
  if (!(error instanceof Error && "code" in error && codes.has(error.code))) return undefined;
  const file = "path" in error && typeof error.path === "string" ? error.path : undefined;
  return new DiskFullError(place ?? file, { cause: error });
}
