/** What is known about an error code. */
export interface ErrorEntry {
  /** HTTP status; null where none is documented. */
  readonly status: number | null;
  /** Message of the service's error table; null where it has none. */
  readonly message: string | null;
  /** Wordings seen in answers, where they differ from the table's. */
  readonly wireMessages: readonly string[];
  readonly cause: string;
  readonly remedy: string;
  /** True when any call can meet it. */
  readonly common: boolean;
  /** True when the same request can succeed later without a change. */
  readonly retryable: boolean;
  /** True when the gateway in front of the service sends it. */
  readonly gateway: boolean;
}
