import { ValidationError } from "../errors/validation-error.ts";

/** `maxLength` of FunctionUrn.yaml in the specification, in characters. */
const limit = 269;

/** Throws a ValidationError for a URN that is longer than the service takes. */
export function checkLength(urn: string): void {
  if (urn.length <= limit) return;
  throw new ValidationError(
    "urn",
    `it has ${urn.length} characters, more than ${limit}; shorten the names in it`,
  );
}
