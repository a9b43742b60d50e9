import { ValidationError } from "../errors/validation-error.ts";
import type { Operation } from "../methods/operation.ts";

/** What the arguments of any operation look like. */
export interface AnyArguments {
  readonly path?: Readonly<Record<string, unknown>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly header?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
}

/** The six forms that `./urn` takes apart, `_` for a name; that module is larger than all other checks together. */
const urn = new RegExp(
  "^((urn:fss:_:_:function:|(?!urn:)_:)_:_(:!?_)?|(_:)?_)$".replaceAll("_", String.raw`[^\s:!/\\?#%]+`),
);

/** Throws a ValidationError for arguments that cannot be right, whatever the service would say. */
export function checkArguments(
  { path, flags }: Operation,
  values: Readonly<Record<string, unknown>>,
  body: unknown,
): void {
  for (const [, name = ""] of path.matchAll(/\{(\w+)\}/g)) {
    const value = String(values[name] ?? "");
    if (name === "project_id" && !value) continue;
    // A dot or two would lead to another path.
    if (/^\.{0,2}$/.test(value)) throw new ValidationError(`path.${name}`, "it is missing");
    if (/^func\w*_urn/.test(name) && (value.length > 269 || !urn.test(value))) {
      throw new ValidationError(`path.${name}`, "it is no URN of a function");
    }
  }
  if (flags.includes("b") && body === undefined) throw new ValidationError("body", "it is missing");
}
