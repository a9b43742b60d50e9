import { performance } from "node:perf_hooks";
import { clearTimeout, setTimeout } from "node:timers";

/** A call under way: `end` settles it from outside. */
export interface ActiveCall {
  readonly end: (code: number, message: string) => void;
  /** Real milliseconds when its time is over. */
  readonly deadline: number;
}

/** The longest delay of Node's timers, in milliseconds. */
const longestDelay = 2 ** 31 - 1;

/** The calls that an instance has, of which one that takes too long ends all. */
export class ActiveCalls {
  readonly #seconds: number;
  readonly #over: () => void;
  /**
   * In the order of their deadlines, as all have the same time. An array, because calls come and go all the time: each table that a Set has
   * grown or shrunk out of leads to the next one and to the calls of then, and the first that outlives a minor garbage collection keeps all
   * that follow alive until a major one.
   */
  readonly #calls: ActiveCall[] = [];
  /** Set for the deadline of some call, which may have ended since: calls come and go faster than timers are worth making. */
  #timer: NodeJS.Timeout | undefined;

  /** @param seconds that a call may take @param over called when one has taken longer and was told so */
  constructor(seconds: number, over: () => void) {
    this.#seconds = seconds;
    this.#over = over;
  }

  get size(): number {
    return this.#calls.length;
  }

  add(call: ActiveCall): void {
    this.#calls.push(call);
    if (!this.#timer) this.#setTimer(call);
  }

  delete(call: ActiveCall): void {
    const at = this.#calls.indexOf(call);
    if (at >= 0) this.#calls.splice(at, 1);
  }

  /** Ends all, as nothing can be expected of the instance any more. */
  endAll(code: number, message: string): void {
    clearTimeout(this.#timer);
    for (const call of [...this.#calls]) call.end(code, message);
  }

  #setTimer({ deadline }: ActiveCall): void {
    const left = Math.min(deadline - performance.now(), longestDelay);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const [first] = this.#calls;
      if (!first) return;
      if (performance.now() < first.deadline) return this.#setTimer(first);
      first.end(4010, `call invoke timeout ${this.#seconds}s`);
      this.#over();
    }, left).unref();
  }
}
