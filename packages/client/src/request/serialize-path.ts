/**
 * Fills a path's parameters in. Colons stay as they are, as the official SDK sends them: a path segment may hold them, and the signature
 * is the same either way. What has no value stays in its braces.
 */
export function serializePath(path: string, values: Readonly<Record<string, unknown>>): string {
  return path.replace(/\{(\w+)\}/g, (braces, name: string) => {
    const value = values[name];
    return value === undefined ? braces : encodeURIComponent(String(value)).replaceAll("%3A", ":");
  });
}
