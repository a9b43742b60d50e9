import { textAt } from "./text-at.ts";

/** The moment at a path of property names, undefined when there is none that can be read. */
export function dateAt(value: unknown, ...path: readonly string[]): Date | undefined {
  const date = new Date(textAt(value, ...path) ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
