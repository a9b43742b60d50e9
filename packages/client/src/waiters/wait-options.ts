import type { Clock } from "../clock.ts";

/** Settings of a wait. */
export interface WaitOptions {
  /** Ends the wait with an AbortError. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds after which the wait ends with a TimeoutError; 600,000 by default. */
  readonly timeout?: number | undefined;
  /** Milliseconds between two questions, 2000 by default. */
  readonly interval?: number | undefined;
  /** The machine's own by default. */
  readonly clock?: Clock | undefined;
}
