/** The first pause and the longest one, in milliseconds. */
const first = 200;
const longest = 20_000;

/**
 * How long to wait in milliseconds before a retry, of which there were so many before: what the header Retry-After says, in seconds or as
 * a date, else a pause that doubles each time and of which up to half is left to chance, so that clients do not come back all at once.
 */
export function retryDelay(
  retries: number,
  retryAfter: string | null | undefined,
  now: number,
  random: number,
): number {
  const seconds = Number(retryAfter || Number.NaN);
  const asked = seconds >= 0 ? seconds * 1000 : Date.parse(`${retryAfter}`) - now;
  return asked >= 0 ? asked : Math.min(longest, first * 2 ** retries) * (1 - random / 2);
}
