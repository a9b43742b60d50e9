import { ValidationError } from "../errors/validation-error.ts";
import type { Operation } from "../methods/operation.ts";

/** What the arguments of any operation look like. */
export interface AnyArguments {
  readonly path?: Readonly<Record<string, unknown>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly header?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
}

const name = String.raw`[^\s:!/\\?#%]+`;
/** The six forms that `./urn` takes apart, in one expression, for that module is larger than all other checks together. */
const urn = new RegExp(`^((urn:fss:${name}:${name}:function:|(?!urn:)${name}:)${name}:${name}(:!?${name})?|(${name}:)?${name})$`);

/** Throws a ValidationError for arguments that cannot be right, whatever the service would say. */
export function checkArguments({ path, flags }: Operation, { path: values = {}, body }: AnyArguments): void {
  for (const [, field = ""] of path.matchAll(/\{(\w+)\}/g)) {
    const value = values[field];
    if (field === "project_id" && value === undefined) continue;
    // A dot or two would lead to another path.
    if (value == null || /^\.{0,2}$/.test(String(value))) {
      throw new ValidationError(`path.${field}`, "it is missing or empty");
    }
    if (/^func\w*_urn$/.test(field) && !(String(value).length < 270 && urn.test(String(value)))) {
      throw new ValidationError(`path.${field}`, "this is no function's URN; pass one as the service returned it, or the function's name");
    }
  }
  if (flags.includes("b") && body === undefined) throw new ValidationError("body", "it is missing");
}
