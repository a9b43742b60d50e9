/** The value at a path of property names, undefined when anything on the way is missing. */
export function fieldAt(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const name of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, name)) return undefined;
    // `as`: it has a property of this name, whose type the caller checks.
    found = (found as Record<string, unknown>)[name];
  }
  return found;
}
