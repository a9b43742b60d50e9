import { fieldAt } from "./field-at.ts";

/** The text at a path of property names, undefined when there is none or it is empty. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = fieldAt(value, ...path);
  return typeof found === "string" && found !== "" ? found : undefined;
}
