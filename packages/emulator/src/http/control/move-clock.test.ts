import { expect, it } from "vitest";
import { ControlledClock } from "../../core/controlled-clock.ts";
import { advanceInSteps, freezeInSteps, inTurn } from "./move-clock.ts";

const start = Date.parse("2026-03-02T10:00:00Z");
const hour = 3_600_000;

/** A clock with a timer per hour, each of which takes a while, and a queue that tells when it is held. */
function hourly(): {
  clock: ControlledClock;
  fired: number[];
  held: boolean[];
  queue: { hold(): () => void };
} {
  const clock = new ControlledClock();
  clock.freeze(new Date(start));
  const fired: number[] = [];
  const held: boolean[] = [];
  const fire = (): void => {
    fired.push(clock.now().getTime());
    for (const until = performance.now() + 2; performance.now() < until; );
    clock.setTimer(new Date(clock.now().getTime() + hour), fire);
  };
  clock.setTimer(new Date(start + hour), fire);
  const hold = (): (() => void) => {
    held.push(true);
    return () => void held.push(false);
  };
  return { clock, fired, held, queue: { hold } };
}

it("others come in between the steps of a long way, and everything fires in its order at its time", async () => {
  const { clock, fired, held, queue } = hourly();
  let others = 0;
  let over = false;
  const others_ = (): void => {
    others += 1;
    if (!over) setImmediate(others_);
  };
  setImmediate(others_);
  await advanceInSteps({ clock, queue }, 200 * hour + 0.5);
  over = true;
  expect(others).toBeGreaterThan(3);
  expect(fired).toEqual(Array.from({ length: 200 }, (_, index) => start + (index + 1) * hour));
  expect([clock.now().getTime(), held]).toEqual([Math.floor(start + 200 * hour + 0.5), [true, false]]);
});

it("two moves of a clock come one after the other, also when the first one fails", async () => {
  const { clock, queue } = hourly();
  const far = inTurn(clock, () => freezeInSteps({ clock, queue }, new Date(8.64e15)));
  const first = inTurn(clock, () => advanceInSteps({ clock, queue }, 50 * hour));
  const second = inTurn(clock, () => clock.now().getTime());
  await expect(far).rejects.toThrow("ten years at most");
  await first;
  expect(await second).toBe(start + 50 * hour);
});

it("a clock that runs stands at the time that it is stopped at, ahead or behind", async () => {
  const clock = new ControlledClock();
  const { queue } = hourly();
  for (const at of [new Date(Date.now() + 1000 * hour), new Date(start)]) {
    await freezeInSteps({ clock, queue }, at);
    expect([clock.frozen, clock.now()]).toEqual([true, at]);
    clock.resume();
  }
});
