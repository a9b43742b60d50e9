import { describe, expect, it } from "vitest";
import { SeededRng } from "../seeded-rng.ts";
import { TimerQueue } from "./timer-queue.ts";

describe("a queue of timers", () => {
  it("gives items by their times, and those of the same time as they were added", () => {
    const rng = new SeededRng(7);
    const queue = new TimerQueue<number>();
    const times = Array.from({ length: 500 }, () => Math.floor(rng.next() * 50));
    for (const [index, at] of times.entries()) queue.add(at, index);
    const given: number[] = [];
    for (let first = queue.first(); first; first = queue.first()) {
      given.push(first.item);
      queue.removeFirst();
      // Some come back later, as timers do.
      if (first.at < 10 && first.item < 500) queue.add(first.at + 100, first.item + 500);
    }
    const all = [
      ...times.map((at, index) => ({ at, index })),
      ...times.flatMap((at, index) => (at < 10 ? [{ at: at + 100, index: index + 500 }] : [])),
    ];
    expect(given).toEqual(all.sort((a, b) => a.at - b.at || a.index - b.index).map(({ index }) => index));
    expect(queue.size).toBe(0);
  });

  it("is empty when cleared", () => {
    const queue = new TimerQueue<string>();
    queue.removeFirst();
    queue.add(1, "a");
    queue.clear();
    expect(queue.first()).toBeUndefined();
  });
});
