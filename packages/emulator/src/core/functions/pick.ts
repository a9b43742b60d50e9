/** The named properties of an object, as far as it has them; whatever else a request carries stays out of the state and of answers. */
export function pick<T extends object, K extends keyof T>(value: T, keys: readonly K[]): Pick<T, K> {
  const entries = keys.flatMap((key) => (value[key] === undefined ? [] : [[key, value[key]] as const]));
  // The entries are exactly those properties of K that the value has.
  return Object.fromEntries(entries) as Pick<T, K>;
}
