/** How an attempt failed: a status, a connection that did not come about, or any other trouble on the way. */
export type Failure = number | "refused" | "network";

/** One line of the retry policy. */
export interface RetryRule {
  /** Statuses, error codes and failures without either. */
  readonly failures: readonly (Failure | string | undefined)[];
  /** Whether it holds for POST, too, which does something anew each time. */
  readonly anyMethod: boolean;
}

/** What is sent again; nothing else is. */
export const retryRules: readonly RetryRule[] = [
  // Nothing was done: no connection came about, or the service or its gateway refused for its load.
  { failures: ["refused", 429, "APIGW.0308"], anyMethod: true },
  // Something may have been done: only what may be done twice is sent again.
  { failures: ["network", 408, 502, 503, 504], anyMethod: false },
];

/** Tells whether an attempt that failed so is made again. */
export function isRetried(method: string, failure: Failure, code: string | undefined): boolean {
  return retryRules.some(
    ({ failures, anyMethod }) =>
      (anyMethod || method !== "POST") && (failures.includes(failure) || failures.includes(code)),
  );
}
