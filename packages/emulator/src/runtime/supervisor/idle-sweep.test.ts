import { expect, it } from "vitest";
import { ControlledClock } from "../../core/controlled-clock.ts";
import { IdleSweep } from "./idle-sweep.ts";

it.each([0, 0.001, 60])("looks a few times when the clock is moved by years: %d seconds", (idleSeconds) => {
  const clock = new ControlledClock();
  clock.freeze(new Date("2026-03-02T10:00:00Z"));
  let looks = 0;
  const sweep = new IdleSweep({ clock, idleSeconds }, () => {
    looks += 1;
    return true;
  });
  sweep.later();
  clock.advance(5 * 365 * 86_400_000);
  sweep.close();
  expect(looks).toBeGreaterThan(1);
  expect(looks).toBeLessThan(5);
});

it("looks no more when there is nothing to look after", () => {
  const clock = new ControlledClock();
  clock.freeze(new Date("2026-03-02T10:00:00Z"));
  let looks = 0;
  const sweep = new IdleSweep({ clock, idleSeconds: 60 }, () => {
    looks += 1;
    return false;
  });
  sweep.later();
  clock.advance(59_999);
  expect(looks).toBe(0);
  clock.advance(86_400_000);
  expect(looks).toBe(1);
});
