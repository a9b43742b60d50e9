import { systemClock } from "../clock.ts";
import { FunctionGraphError } from "../errors/function-graph-error.ts";
import { TimeoutError } from "../errors/timeout-error.ts";
import { startDeadline } from "../request/deadline.ts";
import type { WaitOptions } from "./wait-options.ts";

/** What a question found: what was waited for, or the state to name when time runs out. */
export type Found<T> = { readonly done: T } | { readonly state: string };

/** Asks again and again until something is done; a failure that may pass is waited out like any other state. */
export async function waitUntil<T>(
  name: string,
  ask: (signal: AbortSignal) => Promise<Found<T>>,
  { signal, timeout = 600_000, interval = 2000, clock = systemClock }: WaitOptions = {},
): Promise<T> {
  const deadline = startDeadline(clock, name, timeout, signal);
  let state = "it was not heard of";
  try {
    for (;;) {
      try {
        const found = await deadline.race(ask(deadline.signal));
        if ("done" in found) return found.done;
        state = found.state;
      } catch (error) {
        if (deadline.signal.aborted || !(error instanceof FunctionGraphError && error.retryable)) throw error;
        state = error.message;
      }
      await deadline.sleep(interval);
    }
  } catch (error) {
    // Whatever the question failed with when it was cut off.
    const reason = deadline.signal.aborted ? deadline.signal.reason : error;
    if (!(reason instanceof TimeoutError)) throw reason;
    throw new TimeoutError(name, timeout, { cause: new Error(`The last state was: ${state}.`) });
  } finally {
    deadline.clear();
  }
}
