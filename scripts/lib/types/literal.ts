const identifier = /^[A-Za-z_$][\w$]*$/;

/**
 * Writes plain data as TypeScript source: one property a line at the outer levels, small values on one line.
 */
export function literal(value: unknown, indent = ""): string {
  const short = inline(value);
  if (short.length + indent.length <= 100 || typeof value !== "object" || value === null) return short;
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    return `[\n${value.map((entry) => `${deeper}${literal(entry, deeper)},\n`).join("")}${indent}]`;
  }
  const lines = Object.entries(value).map(
    ([key, part]) => `${deeper}${propertyName(key)}: ${literal(part, deeper)},\n`,
  );
  return `{\n${lines.join("")}${indent}}`;
}

/** A property's name as source, quoted where it must be. */
export function propertyName(key: string): string {
  return identifier.test(key) ? key : JSON.stringify(key);
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const parts = Object.entries(value).map(([key, part]) => `${propertyName(key)}: ${inline(part)}`);
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}
