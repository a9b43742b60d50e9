import { performance } from "node:perf_hooks";
import { isDiskFull } from "../../sandbox/disk-use.ts";
import {
  diskFullMessage,
  ReturnedCall,
  type RuntimeCall,
  RuntimeFailure,
  type RuntimeResult,
  UndeliveredCall,
  type Worker,
} from "../contract.ts";
import type { ActiveCall, ActiveCalls } from "./active-calls.ts";
import { failureObject } from "./failure-object.ts";

/** How a call ended. */
export interface Settled {
  readonly result: RuntimeResult;
  /** It was not the runner that gave the result: the process has ended or is about to. */
  readonly late: boolean;
  /** Whether the function never got it: its process was dead, or gave it back as others kept it busy. */
  readonly undelivered: false | "dead" | "returned";
}

/** What a call needs of its instance. */
export interface Asked {
  readonly calls: ActiveCalls;
  /** Seconds that a call may take. */
  readonly seconds: number;
  readonly isDead: () => boolean;
  /** Ends the instance at once, and its calls with this failure. */
  readonly kill: (code?: number, message?: string) => void;
  /** Lets it take no more calls, and ends it when those have been heard of that are about to end. */
  readonly killSoon: () => void;
}

const exited = "runtime process is exited";

/**
 * Has a worker run a call. Never rejects: whatever goes wrong is the call's result.
 * @param begin of a call that is sent ahead: called when it begins, with the bytes of the log that were written before
 */
export function askWorker(
  { calls, seconds, isDead, kill, killSoon }: Asked,
  worker: Worker,
  call: RuntimeCall,
  signal: AbortSignal | undefined,
  begin: ((written: number) => void) | undefined,
): Promise<Settled> {
  return new Promise((resolve) => {
    let active: ActiveCall | undefined;
    const settle = (
      result: RuntimeResult,
      late: boolean,
      undelivered: Settled["undelivered"] = false,
    ): void => {
      signal?.removeEventListener("abort", abort);
      if (active) calls.delete(active);
      resolve({ result, late, undelivered });
    };
    const fail = (code: number, message: string): void =>
      settle({ code, payload: failureObject(message), reusable: false }, true);
    const activate = (): void => {
      active = { end: fail, deadline: performance.now() + seconds * 1000 };
      calls.add(active);
    };
    const abort = (): void => kill(4208, "function invocation canceled");
    if (!begin) activate();
    if (signal?.aborted) return abort();
    signal?.addEventListener("abort", abort, { once: true });
    const begun =
      begin &&
      ((written: number): void => {
        begin(written);
        // Its beginning was on the way when the process was killed.
        if (isDead()) fail(4204, exited);
        else activate();
      });
    worker.call(call, begun).then(
      (result) => {
        // Whatever its error says, the calls after it would have no room either.
        if (result.code !== 0 && isDiskFull(worker.place)) kill(4207, diskFullMessage);
        else settle(result, false);
      },
      (error: unknown) => {
        if (error instanceof ReturnedCall) {
          const result = { code: error.code, payload: failureObject(error.message), reusable: true };
          settle(result, false, "returned");
          return;
        }
        const text = error instanceof Error ? error.message : String(error);
        const { code, message } = error instanceof RuntimeFailure ? error : new RuntimeFailure(4204, text);
        const isUndelivered = error instanceof UndeliveredCall;
        settle({ code, payload: failureObject(message), reusable: false }, true, isUndelivered && "dead");
        if (isUndelivered) killSoon();
        else kill();
      },
    );
  });
}
