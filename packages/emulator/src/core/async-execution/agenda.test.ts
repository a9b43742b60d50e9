import { expect, it } from "vitest";
import { ControlledClock } from "../controlled-clock.ts";
import { SeededRng } from "../seeded-rng.ts";
import { Agenda } from "./agenda.ts";

const start = Date.parse("2026-03-02T10:00:00Z");

function frozen(): { clock: ControlledClock; agenda: Agenda; kept: number[] } {
  const clock = new ControlledClock();
  clock.freeze(new Date(start));
  return { clock, agenda: new Agenda(clock), kept: [] };
}

it("keeps many appointments in the order of their times, without those taken back", () => {
  const { clock, agenda, kept } = frozen();
  const rng = new SeededRng("agenda");
  const wanted: number[] = [];
  for (let count = 0; count < 2000; count += 1) {
    const time = Math.floor(rng.next() * 500);
    const cancel = agenda.at(start + time, () => kept.push(time));
    if (rng.next() < 0.4) cancel();
    else wanted.push(time);
  }
  clock.advance(250);
  expect(kept).toEqual(wanted.filter((time) => time <= 250).sort((a, b) => a - b));
  clock.advance(250);
  expect(kept).toEqual(wanted.sort((a, b) => a - b));
  expect(agenda.size).toBe(0);
});

it("keeps what is set by an appointment, takes one back twice, and goes on after one that throws", () => {
  const { clock, agenda, kept } = frozen();
  const cancel = agenda.at(start + 1, () => kept.push(1));
  cancel();
  cancel();
  agenda.at(start + 2, () => {
    agenda.at(start + 3, () => kept.push(3));
    throw new Error("no");
  });
  expect(() => clock.advance(2)).toThrow("no");
  clock.advance(1);
  expect(kept).toEqual([3]);
});

it("keeps nothing once it is cleared", () => {
  const { clock, agenda, kept } = frozen();
  const cancel = agenda.at(start + 1, () => kept.push(1));
  agenda.clear();
  cancel();
  clock.advance(10);
  agenda.at(start + 20, () => kept.push(20));
  clock.advance(10);
  expect(kept).toEqual([20]);
});
