/** A JSON object that a mutation may change. */
export type Draft = Record<string, unknown>;

export function isDraft(value: unknown): value is Draft {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object at a path of keys; an error when something on the way is none, so that a mutation never misses in silence. */
export function objectAt(from: Draft, ...keys: readonly string[]): Draft {
  let at = from;
  for (const key of keys) {
    const next = at[key];
    if (!isDraft(next)) throw new Error(`The description has no object at ${keys.join(" / ")}.`);
    at = next;
  }
  return at;
}

/** The array under a key. */
export function arrayAt(from: Draft, key: string): unknown[] {
  const value = from[key];
  if (!Array.isArray(value)) throw new Error(`The description has no array at ${key}.`);
  return value;
}

/** The entries whose values are objects. */
export function draftsIn(from: Draft): [string, Draft][] {
  return Object.entries(from).filter((entry): entry is [string, Draft] => isDraft(entry[1]));
}

export function found<T>(value: T | undefined, what: string): T {
  if (value === undefined)
    throw new Error(`The description has no ${what}; choose another target for the mutation.`);
  return value;
}

/** Gives an entry another key and leaves it at its place. */
export function renameKey(from: Draft, oldKey: string, newKey: string): void {
  const entries = Object.entries(from);
  for (const key of Object.keys(from)) delete from[key];
  for (const [key, value] of entries) from[key === oldKey ? newKey : key] = value;
}
