/** The first pause in milliseconds; each further one is twice as long. */
const base = 200;
const longest = 20_000;

/**
 * How long to wait in milliseconds after the given number of attempts: what the header Retry-After says, in seconds or as a date, else a
 * growing pause of which up to half is left to chance, so that clients do not come back all at once.
 */
export function retryDelay(attempts: number, retryAfter: string | null | undefined, now: number, random: number): number {
  if (retryAfter) {
    const asked = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now;
    if (asked >= 0) return asked;
  }
  return Math.min(longest, base * 2 ** (attempts - 1)) * (1 - random / 2);
}
