import { performance } from "node:perf_hooks";
import { setImmediate } from "node:timers";
import type { AsyncQueue } from "../../core/async-execution/queue-contract.ts";
import type { AdjustableClock } from "./emulator-control.ts";

/** What the clock is moved with. */
export interface MovedParts {
  readonly clock: AdjustableClock;
  readonly queue: Pick<AsyncQueue, "hold">;
}

/** Milliseconds that one step should take, so that other requests are answered between two of them. */
const stepTakes = 50;
const firstStep = 60_000;
const shortestStep = 1000;

/** The moves of each clock, one after the other. */
const moves = new WeakMap<AdjustableClock, Promise<unknown>>();

/** Lets one move of a clock end before the next begins. */
export function inTurn<T>(clock: AdjustableClock, move: () => T | Promise<T>): Promise<T> {
  const before = moves.get(clock) ?? Promise.resolve();
  const result = before.then(move);
  moves.set(
    clock,
    result.catch(() => undefined),
  );
  return result;
}

/**
 * Moves a clock on, stopped or running, as its `advance` does, but in steps: what comes due on a long way may take seconds, and nobody else is
 * kept waiting meanwhile. What the queue is given begins to run at the end, as it does with one step.
 * @throws RangeError as `advance` does, before anything has moved
 */
export async function advanceInSteps({ clock, queue }: MovedParts, milliseconds: number): Promise<void> {
  clock.checkMove(new Date(clock.now().getTime() + milliseconds));
  const release = queue.hold();
  try {
    let left = milliseconds;
    let step = Math.min(firstStep, left);
    for (;;) {
      const started = performance.now();
      clock.advance(step);
      left -= step;
      if (left <= 0) return;
      step = Math.min(left, nextStep(step, performance.now() - started));
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    release();
  }
}

/** Stops a clock at a time, ahead or not, as its `freeze` does. @throws RangeError likewise */
export async function freezeInSteps(parts: MovedParts, at: Date): Promise<void> {
  const { clock } = parts;
  if (at > clock.now()) {
    clock.checkMove(at);
    clock.freeze();
    await advanceInSteps(parts, at.getTime() - clock.now().getTime());
  }
  clock.freeze(at);
}

function nextStep(step: number, took: number): number {
  if (took > 2 * stepTakes) return Math.max(shortestStep, step / 2);
  return took < stepTakes / 2 ? step * 2 : step;
}
