import { performance } from "node:perf_hooks";
import { WaitingLine } from "./waiting-line.ts";

/** Something that waits for its turn among those of the same function. */
export interface Waiting {
  /** Names the function. */
  readonly lane: string;
  /** Place in the order of arrival. */
  readonly sequence: number;
}

interface Lane<T extends Waiting> {
  readonly waiting: WaitingLine<T>;
  running: number;
  /** How many may run at once, as refusals have shown; present for a while after a refusal. */
  most?: number;
  /** Takes back the end of that while. */
  cancelEnd?: () => void;
  /** Whiles one after the other in which nothing ended. */
  whiles: number;
  /** Real milliseconds when one of the function was refused last. */
  refusedAt: number;
}

/**
 * Who is next: first in, first out for each function, and the function of which the fewest run, so that a busy one does not hold up the
 * others. After a refusal no more of the function begin for a while than were running then.
 */
export class Lanes<T extends Waiting> {
  readonly #lanes = new Map<string, Lane<T>>();

  add(one: T): void {
    this.#lane(one.lane).waiting.add(one);
  }

  /** Takes one out that waits. */
  remove(one: T): void {
    const lane = this.#lane(one.lane);
    lane.waiting.remove(one);
    this.#tidy(one.lane, lane);
  }

  /** Takes out the one whose turn it is. It counts as running until `ended` or `refused`. */
  next(): T | undefined {
    let chosen: Lane<T> | undefined;
    for (const lane of this.#lanes.values()) {
      const head = lane.waiting.first;
      if (!head || lane.running >= (lane.most ?? Number.POSITIVE_INFINITY)) continue;
      const best = chosen?.waiting.first;
      const fewer = !chosen || lane.running < chosen.running;
      if (fewer || (best && lane.running === chosen?.running && head.sequence < best.sequence)) chosen = lane;
    }
    const one = chosen?.waiting.first;
    if (!chosen || !one) return undefined;
    chosen.waiting.remove(one);
    chosen.running += 1;
    return one;
  }

  /** One that ran does so no more: there is room for one of its function. */
  ended(one: T): void {
    const lane = this.#lane(one.lane);
    lane.running -= 1;
    lane.whiles = 0;
    if (lane.most === 0) lane.most = 1;
    this.#tidy(one.lane, lane);
  }

  /**
   * One could not run, as too many do.
   * @param wait gets the number of whiles in a row, from 1, and what to call at the end of this one; its answer takes that back.
   */
  refused(one: T, wait: (whiles: number, end: () => void) => () => void): void {
    const lane = this.#lane(one.lane);
    lane.refusedAt = performance.now();
    lane.running -= 1;
    lane.most = Math.min(lane.running, lane.most ?? lane.running);
    if (lane.cancelEnd) return;
    lane.whiles += 1;
    lane.cancelEnd = wait(lane.whiles, () => {
      delete lane.cancelEnd;
      delete lane.most;
      this.#tidy(one.lane, lane);
    });
  }

  /** Whether one of its function has been refused since then, in real milliseconds. */
  hasRefused(one: T, since: number): boolean {
    return (this.#lanes.get(one.lane)?.refusedAt ?? 0) >= since;
  }

  /** Forgets all that wait, and what refusals have shown; those that run still count. */
  clear(): void {
    for (const [name, lane] of this.#lanes) {
      lane.waiting.clear();
      lane.cancelEnd?.();
      delete lane.cancelEnd;
      delete lane.most;
      lane.whiles = 0;
      this.#tidy(name, lane);
    }
  }

  #lane(name: string): Lane<T> {
    const lane = this.#lanes.get(name) ?? {
      waiting: new WaitingLine<T>(),
      running: 0,
      whiles: 0,
      refusedAt: 0,
    };
    this.#lanes.set(name, lane);
    return lane;
  }

  #tidy(name: string, lane: Lane<T>): void {
    if (lane.waiting.size === 0 && lane.running === 0 && !lane.cancelEnd) this.#lanes.delete(name);
  }
}
