import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ControlledClock } from "./controlled-clock.ts";
import { SystemClock } from "./system-clock.ts";

const start = Date.parse("2024-03-01T12:00:00.000Z");
const at = (milliseconds: number): Date => new Date(start + milliseconds);

let clock: ControlledClock;
/** What fired, with the time that the clock showed then, in milliseconds after the start. */
let fired: [string, number][];
const note = (name: string) => (): void => {
  fired.push([name, clock.now().getTime() - start]);
};

beforeEach(() => {
  vi.useFakeTimers({ now: start });
  clock = new ControlledClock();
  fired = [];
});
afterEach(() => vi.useRealTimers());

describe("ControlledClock", () => {
  it("runs with the system's clock until it is told otherwise", () => {
    vi.advanceTimersByTime(500);
    expect([clock.now(), clock.frozen]).toEqual([at(500), false]);
  });

  it("stands still when it is frozen", () => {
    clock.freeze();
    vi.advanceTimersByTime(500);
    expect([clock.now(), clock.frozen]).toEqual([at(0), true]);
  });

  it("tells when it is set back, and only then", () => {
    let told = 0;
    clock.onSetBack(() => {
      told += 1;
    });
    clock.freeze(at(10_000));
    clock.advance(1000);
    expect(told).toBe(0);
    clock.freeze(at(5000));
    expect(told).toBe(1);
  });

  it("stands where it is frozen, later or earlier", () => {
    clock.freeze(at(10_000));
    expect(clock.now()).toEqual(at(10_000));
    clock.freeze(at(-10_000));
    expect(clock.now()).toEqual(at(-10_000));
  });

  it("moves by what it is advanced, frozen or running", () => {
    clock.advance(1000);
    vi.advanceTimersByTime(1);
    expect(clock.now()).toEqual(at(1001));
    clock.freeze();
    clock.advance(1000);
    vi.advanceTimersByTime(1);
    expect(clock.now()).toEqual(at(2001));
  });

  it("runs on from where it stood", () => {
    clock.freeze(at(10_000));
    vi.advanceTimersByTime(500);
    clock.resume();
    vi.advanceTimersByTime(1);
    expect([clock.now(), clock.frozen]).toEqual([at(10_001), false]);
    clock.resume();
    expect(clock.now()).toEqual(at(10_001));
  });

  it("goes back to the system's time when it is reset", () => {
    clock.freeze(at(10_000));
    clock.reset();
    vi.advanceTimersByTime(1);
    expect([clock.now(), clock.frozen]).toEqual([at(1), false]);
  });

  it("hands out dates that nobody can move it with", () => {
    clock.freeze();
    clock.now().setFullYear(1999);
    expect(clock.now()).toEqual(at(0));
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])("refuses to be advanced by %d", (milliseconds) => {
    expect(() => clock.advance(milliseconds)).toThrow(RangeError);
    expect(clock.now()).toEqual(at(0));
  });

  it("refuses a date that is none", () => {
    expect(() => clock.freeze(new Date("soon"))).toThrow(RangeError);
    expect(() => clock.setTimer(new Date("soon"), () => undefined)).toThrow(RangeError);
  });
});

describe("timers", () => {
  it("fire when the running clock reaches them", () => {
    clock.setTimer(at(100), note("a"));
    vi.advanceTimersByTime(99);
    expect(fired).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(fired).toEqual([["a", 100]]);
    vi.advanceTimersByTime(1000);
    expect(fired).toHaveLength(1);
  });

  it("fire in the order of their times, then of their setting, each at its own time", () => {
    clock.freeze();
    for (const [name, time] of [
      ["c", 300],
      ["a", 100],
      ["a2", 100],
      ["b", 200],
      ["later", 301],
    ] as const)
      clock.setTimer(at(time), note(name));
    clock.advance(300);
    expect(fired).toEqual([
      ["a", 100],
      ["a2", 100],
      ["b", 200],
      ["c", 300],
    ]);
    expect(clock.now()).toEqual(at(300));
  });

  it("fire also when they are set by others on the way", () => {
    clock.freeze();
    const every = (time: number) => (): void => {
      note(String(time))();
      clock.setTimer(at(time + 100), every(time + 100));
    };
    clock.setTimer(at(100), every(100));
    clock.advance(350);
    expect(fired.map(([name]) => name)).toEqual(["100", "200", "300"]);
    clock.advance(50);
    expect(fired).toHaveLength(4);
  });

  it("wait while the clock stands", () => {
    clock.setTimer(at(100), note("a"));
    clock.freeze();
    vi.advanceTimersByTime(1000);
    expect(fired).toEqual([]);
    clock.resume();
    vi.advanceTimersByTime(100);
    expect(fired).toEqual([["a", 100]]);
  });

  it("fire early by the system's clock when the running one is advanced", () => {
    clock.setTimer(at(1000), note("a"));
    clock.setTimer(at(2000), note("b"));
    clock.advance(1500);
    expect(fired).toEqual([["a", 1000]]);
    vi.advanceTimersByTime(500);
    expect(fired).toEqual([
      ["a", 1000],
      ["b", 2000],
    ]);
  });

  it("fire when the clock is frozen beyond them, and not when it is set back", () => {
    clock.setTimer(at(100), note("a"));
    clock.freeze(at(-5000));
    expect(fired).toEqual([]);
    clock.freeze(at(5000));
    expect(fired).toEqual([["a", 100]]);
  });

  it("set for a time that has come fire in the next turn, also on a clock that stands", () => {
    clock.freeze(at(5000));
    clock.setTimer(at(100), note("past"));
    clock.setTimer(at(5000), note("now"));
    expect(fired).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(fired).toEqual([
      ["past", 5000],
      ["now", 5000],
    ]);
  });

  it("do not fire once they are taken back, which may be done twice", () => {
    const cancel = clock.setTimer(at(100), note("a"));
    clock.setTimer(at(100), note("b"));
    cancel();
    cancel();
    vi.advanceTimersByTime(100);
    expect(fired).toEqual([["b", 100]]);
  });

  it("all fire when one of them fails, and its error is thrown", () => {
    clock.freeze();
    const failure = new Error("no");
    const fail = (): void => {
      throw failure;
    };
    clock.setTimer(at(1), fail);
    clock.setTimer(at(2), note("b"));
    expect(() => clock.advance(10)).toThrow(failure);
    expect([fired, clock.now()]).toEqual([[["b", 2]], at(10)]);
    clock.setTimer(at(11), fail);
    clock.setTimer(at(12), fail);
    expect(() => clock.advance(10)).toThrow("2 timers failed.");
  });

  it("cannot move the clock that fires them", () => {
    clock.freeze();
    clock.setTimer(at(1), () => clock.advance(1));
    expect(() => clock.advance(10)).toThrow("cannot be moved by one of its own timers");
    clock.advance(1);
    expect(clock.now()).toEqual(at(11));
  });
});

describe("SystemClock", () => {
  const system = new SystemClock();

  it("tells the machine's time", () => {
    expect(system.now()).toEqual(at(0));
  });

  it.each([
    ["soon", 100],
    ["further away than Node's timers reach", 90 * 24 * 3600 * 1000],
  ])("calls back at a time that is %s", (_, delay) => {
    const callback = vi.fn();
    system.setTimer(at(delay), callback);
    vi.advanceTimersByTime(delay - 1);
    expect(callback).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(callback).toHaveBeenCalledOnce();
  });

  it("calls back at once for a time that has passed", () => {
    const callback = vi.fn();
    system.setTimer(at(-100), callback);
    vi.advanceTimersByTime(1);
    expect(callback).toHaveBeenCalledOnce();
  });

  it("takes a timer back, also one that is far away", () => {
    const callback = vi.fn();
    const cancel = system.setTimer(at(90 * 24 * 3600 * 1000), callback);
    vi.advanceTimersByTime(50 * 24 * 3600 * 1000);
    cancel();
    vi.advanceTimersByTime(50 * 24 * 3600 * 1000);
    expect(callback).not.toHaveBeenCalled();
  });
});

it("is not moved over ten years at once past timers, and is where it was then", () => {
  const clock = new ControlledClock();
  clock.freeze(new Date("2026-03-02T10:00:00Z"));
  clock.setTimer(new Date("2026-03-02T11:00:00Z"), () => undefined);
  const refusal = "A clock that timers go by is moved by ten years at most at a time, and not by";
  for (const move of [() => clock.freeze(new Date(8.64e15)), () => clock.advance(20 * 366 * 86_400_000)])
    expect(move).toThrow(refusal);
  expect(clock.now().toISOString()).toBe("2026-03-02T10:00:00.000Z");
  clock.advance(10 * 365 * 86_400_000);
  clock.freeze(new Date(8.64e15));
  expect(clock.now()).toEqual(new Date(8.64e15));
});

it("tells a timer how far nobody else is due", () => {
  const clock = new ControlledClock();
  const seen: number[] = [];
  clock.freeze(new Date(0));
  expect(clock.quietUntil()).toBe(0);
  clock.setTimer(new Date(10), () => seen.push(clock.quietUntil()));
  clock.setTimer(new Date(50), () => seen.push(clock.quietUntil()));
  clock.advance(100);
  expect(seen).toEqual([49, 100]);
});
