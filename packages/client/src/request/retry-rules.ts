/** How an attempt failed. */
export type Failure = number | "refused" | "network";

/** One line of the retry policy. */
export interface RetryRule {
  readonly failures: readonly Failure[];
  /** Error codes for which the rule holds, whatever the status. */
  readonly codes?: readonly string[];
  /** Whether it holds for POST, too, which does something anew each time. */
  readonly anyMethod: boolean;
}

/** What is sent again, and when; nothing else is. */
export const retryRules: readonly RetryRule[] = [
  // Nothing was done: no connection came about, or the service or its gateway refused for its load.
  { failures: ["refused", 429], codes: ["APIGW.0308"], anyMethod: true },
  // Something may have been done: only what may be done twice is sent again.
  { failures: ["network", 408, 502, 503, 504], anyMethod: false },
];

/** Tells whether an attempt that failed so is made again. */
export function isRetried(method: string, failure: Failure, code?: string): boolean {
  return retryRules.some(
    ({ failures, codes, anyMethod }) => (anyMethod || method !== "POST") && (failures.includes(failure) || codes?.includes(code ?? "")),
  );
}
