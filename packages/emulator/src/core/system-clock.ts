import type { TimerClock } from "./clock.ts";

/** The longest delay that Node's timers take, in milliseconds. */
const longest = 2 ** 31 - 1;

/** The machine's time. */
export class SystemClock implements TimerClock {
  now(): Date {
    return new Date();
  }

  setTimer(at: Date, callback: () => void): () => void {
    let handle: NodeJS.Timeout;
    const wait = (): void => {
      const left = at.getTime() - Date.now();
      handle = setTimeout(left > longest ? wait : callback, Math.max(0, Math.min(left, longest))).unref();
    };
    wait();
    return () => clearTimeout(handle);
  }
}
