/** A value as text: itself where it is text, its JSON where it is not; undefined for none. */
export function textOf(value: unknown): string | undefined {
  return value == null || typeof value === "string" ? (value ?? undefined) : JSON.stringify(value);
}
