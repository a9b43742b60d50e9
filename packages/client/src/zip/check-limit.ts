import { ValidationError } from "../errors/validation-error.ts";
import { inlineLimit, packageLimit } from "./limits.ts";

/** Throws a ValidationError for code that is larger than a limit, which it names with the service's error code and the remedy. */
export function checkLimit(size: number, limit: number): void {
  if (size <= limit) return;
  const remedies: Record<number, string> = {
    [packageLimit]: " (50 MB, FSS.1071); upload it to OBS and create the function with code_type obs",
    [inlineLimit]: " (10 KB, FSS.1072); pack it and create the function with code_type zip",
  };
  throw new ValidationError(
    "code",
    `it has ${size} bytes or more, over the limit of ${limit}${remedies[limit] ?? ""}`,
  );
}
