import type { TimerClock } from "./clock.ts";
import { SystemClock } from "./system-clock.ts";

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** The longest way on which timers are called: ten years, leap days included. Beyond, a frequent one would keep the process busy for ever. */
const longestMove = 3653 * 86_400_000;

/**
 * A clock that can be stopped, moved and let go: it runs with the system's until someone does. Its timers go by its own time, so that
 * `advance` fires at once, in their order, all that would have happened meanwhile.
 */
export class ControlledClock implements TimerClock {
  readonly #system: TimerClock;
  /** Milliseconds ahead of the system's clock while it runs. */
  #offset = 0;
  /** Where it stands, if it does. */
  #frozen: number | undefined;
  /** What it shows to timers while it moves past them. */
  #moment: number | undefined;
  /** Where it is moved to meanwhile. */
  #goal = 0;
  /** In the order of their times, those of the same time in the order of their setting. */
  readonly #timers: Timer[] = [];
  #cancelWake: () => void = () => undefined;
  readonly #setBack: (() => void)[] = [];

  constructor(system: TimerClock = new SystemClock()) {
    this.#system = system;
  }

  get frozen(): boolean {
    return this.#frozen !== undefined;
  }

  now(): Date {
    const stands = this.#moment ?? this.#frozen;
    if (stands === undefined && this.#offset === 0) return this.#system.now();
    return new Date(stands ?? this.#system.now().getTime() + this.#offset);
  }

  /**
   * Stops the clock, at another time if one is given; timers up to that time fire before it returns.
   * @throws RangeError for a time that is none, and for one more than ten years ahead with timers on the way
   */
  freeze(at: Date = this.now()): void {
    const time = checkedTime(at.getTime());
    this.#move(time, () => {
      this.#frozen = time;
    });
  }

  /**
   * Moves the clock on, stopped or running; timers up to the new time fire before it returns, each seeing its own time as now.
   * @param milliseconds not negative: it is `freeze` that sets a clock back
   * @throws RangeError for less than 0, for times that no Date can hold, and for more than ten years with timers on the way
   * @throws what callbacks threw, after all of them have been called
   */
  advance(milliseconds: number): void {
    if (!(milliseconds >= 0))
      throw new RangeError(`A clock is advanced by 0 milliseconds or more and not by ${milliseconds}.`);
    const time = checkedTime(this.now().getTime() + milliseconds);
    this.#move(time, () => {
      if (this.#frozen === undefined) this.#offset += milliseconds;
      else this.#frozen = time;
    });
  }

  /** Lets the clock run on from where it stands. */
  resume(): void {
    this.#move(this.now().getTime(), () => {
      if (this.#frozen !== undefined) this.#offset = this.#frozen - this.#system.now().getTime();
      this.#frozen = undefined;
    });
  }

  /** Back to the system's time, running; timers up to it fire before it returns. */
  reset(): void {
    this.#move(this.#system.now().getTime(), () => {
      this.#offset = 0;
      this.#frozen = undefined;
    });
  }

  /** Calls back whenever the clock has been set to an earlier time, for those who have counted on a later one. */
  onSetBack(callback: () => void): void {
    this.#setBack.push(callback);
  }

  setTimer(at: Date, callback: () => void): () => void {
    const timer: Timer = { at: checkedTime(at.getTime()), callback };
    const later = this.#timers.findIndex((other) => other.at > timer.at);
    this.#timers.splice(later === -1 ? this.#timers.length : later, 0, timer);
    this.#wakeForNext();
    return () => {
      const place = this.#timers.indexOf(timer);
      if (place !== -1) this.#timers.splice(place, 1);
      this.#wakeForNext();
    };
  }

  quietUntil(): number {
    if (this.#moment === undefined) return this.now().getTime();
    return Math.min(this.#goal, (this.#timers[0]?.at ?? Number.POSITIVE_INFINITY) - 1);
  }

  /**
   * Checks the way to a time without going it.
   * @throws RangeError for a time that is none, and for one more than ten years ahead with timers on the way
   */
  checkMove(to: Date): void {
    const way = checkedTime(to.getTime()) - this.now().getTime();
    const [first] = this.#timers;
    if (way <= longestMove || !first || first.at > to.getTime()) return;
    throw new RangeError(
      `A clock that timers go by is moved by ten years at most at a time, and not by ${Math.floor(way / 86_400_000)} days.`,
    );
  }

  /** @param goal where it will be, as far as that can be told before. */
  #move(goal: number, change: () => void): void {
    if (this.#moment !== undefined) throw new Error("A clock cannot be moved by one of its own timers.");
    this.checkMove(new Date(goal));
    const before = this.now().getTime();
    change();
    const after = this.now().getTime();
    const errors = this.#fire(before, after);
    if (after < before) for (const callback of this.#setBack) callback();
    this.#wakeForNext();
    if (errors.length > 0)
      throw errors.length === 1 ? errors[0] : new AggregateError(errors, `${errors.length} timers failed.`);
  }

  /** Calls the timers on the way from one time to another, those that they set for this way included. */
  #fire(from: number, to: number): unknown[] {
    const errors: unknown[] = [];
    this.#goal = to;
    for (let next = this.#timers[0]; next && next.at <= to; next = this.#timers[0]) {
      this.#timers.shift();
      this.#moment = Math.max(Math.min(from, to), next.at);
      try {
        next.callback();
      } catch (error) {
        errors.push(error);
      }
    }
    this.#moment = undefined;
    return errors;
  }

  /** Has the system's clock wake this one for its next timer; while it stands, only for one whose time has come already. */
  #wakeForNext(): void {
    this.#cancelWake();
    this.#cancelWake = () => undefined;
    const next = this.#timers[0];
    if (!next || this.#moment !== undefined) return;
    if (this.#frozen !== undefined && next.at > this.#frozen) return;
    const at = this.#frozen === undefined ? new Date(next.at - this.#offset) : this.#system.now();
    this.#cancelWake = this.#system.setTimer(at, () => this.advance(0));
  }
}

function checkedTime(time: number): number {
  if (Number.isNaN(new Date(time).getTime())) throw new RangeError("The time is none that a Date can hold.");
  return time;
}
