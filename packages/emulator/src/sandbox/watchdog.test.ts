import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Watchdog } from "./watchdog.ts";

describe("The watchdog", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("looks every 20 ms at what is watched, and at nothing else", () => {
    const watchdog = new Watchdog();
    const [first, second] = [{ check: vi.fn() }, { check: vi.fn() }];
    watchdog.add(first);
    watchdog.add(first);
    watchdog.add(second);
    vi.advanceTimersByTime(40);
    watchdog.delete(second);
    vi.advanceTimersByTime(20);
    expect([first.check.mock.calls.length, second.check.mock.calls.length]).toEqual([3, 2]);
    watchdog.close();
  });

  it("keeps its timer through short breaks and gives it up after a second", () => {
    const watchdog = new Watchdog();
    const watched = { check: vi.fn() };
    for (let call = 0; call < 10; call++) {
      watchdog.add(watched);
      vi.advanceTimersByTime(20);
      watchdog.delete(watched);
      vi.advanceTimersByTime(100);
    }
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1100);
    expect(vi.getTimerCount()).toBe(0);
    watchdog.add(watched);
    vi.advanceTimersByTime(20);
    expect(watched.check).toHaveBeenCalledTimes(11);
    watchdog.close();
  });
});
