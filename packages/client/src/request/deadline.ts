import type { Clock } from "../clock.ts";
import { AbortError } from "../errors/abort-error.ts";
import { TimeoutError } from "../errors/timeout-error.ts";

/** The end of a call: by its time or by its caller's signal. */
export interface Deadline {
  /** Aborted, with the error as its reason, at the end; for fetch. */
  readonly signal: AbortSignal;
  /** The moment at which the time is over. */
  readonly until: number;
  /** Rejects at the end with a TimeoutError or AbortError, if the promise has not settled before. */
  race<T>(promise: Promise<T>): Promise<T>;
  /** Waits so many milliseconds; for ever, if the call is over before. */
  sleep(milliseconds: number): Promise<void>;
  /** Stops the timers; to be called when the call is over. */
  clear(): void;
}

/** Starts the time of a call. */
export function startDeadline(
  clock: Clock,
  operation: string,
  timeout: number,
  signal?: AbortSignal | null,
): Deadline {
  const controller = new AbortController();
  let reject: ((error: Error) => void) | undefined;
  const end = new Promise<never>((_, settle) => {
    reject = settle;
  });
  // Nobody may be waiting when it comes.
  end.catch(() => {});
  const stop = (error: Error): void => {
    reject?.(error);
    controller.abort(error);
  };
  const abort = (): void => stop(new AbortError(operation, { cause: signal?.reason }));
  // Timers cannot be longer, and would fire at once.
  const cancel =
    timeout < 2 ** 31 ? clock.after(timeout, () => stop(new TimeoutError(operation, timeout))) : undefined;
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort);
  let wake: (() => void) | undefined;
  return {
    signal: controller.signal,
    until: clock.now() + timeout,
    race: (promise) => Promise.race([end, promise]),
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        wake = clock.after(milliseconds, resolve);
      }),
    clear() {
      cancel?.();
      wake?.();
      signal?.removeEventListener("abort", abort);
    },
  };
}
