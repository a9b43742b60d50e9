import type { InvocationInput, InvocationOutcome } from "../../src/core/invocation/contract.ts";
import type { FunctionSpec } from "../../src/runtime/contract.ts";

/** A call that the queue has begun and whose end is the test's. */
export interface HeldCall {
  readonly input: InvocationInput;
  /** The event as text. */
  readonly event: string;
  succeed(result?: string): void;
  fail(code: number, errorMessage?: string): void;
  throw(error: Error): void;
}

/** Stands where the supervisor stands: takes the calls of a queue and ends each as a test says. A call that is aborted ends with 4208. */
export class AsyncCalls {
  readonly all: HeldCall[] = [];
  readonly #now: () => Date;
  #waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** The request IDs in the order in which they began. */
  get ids(): string[] {
    return this.all.map(({ input }) => input.requestId);
  }

  readonly invoke = (input: InvocationInput): Promise<InvocationOutcome> =>
    new Promise((resolve, reject) => {
      const end = (code: number, text: string): void => resolve(this.#outcome(input, code, text));
      const error = (errorMessage: string): string => JSON.stringify({ errorMessage, errorType: "Error" });
      input.signal?.addEventListener("abort", () => end(4208, error("function invocation canceled")));
      this.all.push({
        input,
        event: new TextDecoder().decode(input.event),
        succeed: (result = "") => end(0, result),
        fail: (code, errorMessage = `error ${code}`) => end(code, error(errorMessage)),
        throw: reject,
      });
      this.#waiting = this.#waiting.filter(({ count, resolve: begun }) => {
        if (this.all.length < count) return true;
        begun();
        return false;
      });
    });

  /** The call that begins as the so-manieth, from 1. */
  async begun(count: number): Promise<HeldCall> {
    if (this.all.length < count)
      await new Promise<void>((resolve) => {
        this.#waiting.push({ count, resolve });
      });
    const call = this.all[count - 1];
    if (!call) throw new Error(`No call ${count}.`);
    return call;
  }

  #outcome({ requestId, urn }: InvocationInput, code: number, text: string): InvocationOutcome {
    // The queue looks at nothing of it.
    const spec = { urn } as FunctionSpec;
    const figures = { duration: 1, billed: 1, memoryUsedMb: 30, log: "", cold: false };
    return { requestId, spec, code, payload: Buffer.from(text), startedAt: this.#now(), ...figures };
  }
}
