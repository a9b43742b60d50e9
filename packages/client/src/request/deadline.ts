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
  /** Waits so many milliseconds, or rejects at the end. */
  sleep(milliseconds: number): Promise<void>;
  /** Stops the timer; to be called when the call is over. */
  clear(): void;
}

/** Starts the time of a call. */
export function startDeadline(clock: Clock, operation: string, timeout: number, signal?: AbortSignal | null): Deadline {
  const controller = new AbortController();
  let reject = (_error: Error): void => {};
  const end = new Promise<never>((_, settle) => {
    reject = settle;
  });
  // Nobody may be waiting when it comes.
  end.catch(() => {});
  const stop = (error: Error): void => {
    reject(error);
    controller.abort(error);
  };
  const abort = (): void => stop(new AbortError(operation, { cause: signal?.reason }));
  // Timers cannot be longer, and would fire at once.
  const cancel = timeout < 2 ** 31 ? clock.after(timeout, () => stop(new TimeoutError(operation, timeout))) : () => {};
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort);
  const race = <T>(promise: Promise<T>): Promise<T> => Promise.race([end, promise]);
  return {
    signal: controller.signal,
    until: clock.now() + timeout,
    race,
    async sleep(milliseconds) {
      let wake = (): void => {};
      const over = new Promise<void>((resolve) => {
        wake = clock.after(milliseconds, resolve);
      });
      await race(over).finally(wake);
    },
    clear() {
      cancel();
      signal?.removeEventListener("abort", abort);
    },
  };
}
