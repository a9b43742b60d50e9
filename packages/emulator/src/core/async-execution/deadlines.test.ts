import { expect, it } from "vitest";
import { ControlledClock } from "../controlled-clock.ts";
import { Agenda } from "./agenda.ts";
import { Deadlines } from "./deadlines.ts";

it("calls for all whose time has come at once, without those that were moved or taken back", () => {
  const clock = new ControlledClock();
  clock.freeze(new Date(0));
  const agenda = new Agenda(clock);
  const passed: string[][] = [];
  const deadlines = new Deadlines<{ name: string }>(agenda, (all) =>
    passed.push(all.map(({ name }) => name)),
  );
  const [a, b, c, d] = ["a", "b", "c", "d"].map((name) => ({ name }));
  if (!a || !b || !c || !d) throw new Error("Four are there.");
  for (const one of [c, a, b]) deadlines.set(one, 10);
  deadlines.set(d, 20);
  deadlines.set(a, 20);
  deadlines.remove(b);
  deadlines.remove(b);
  expect(agenda.size).toBe(2);
  clock.advance(20);
  expect(passed).toEqual([["c"], ["d", "a"]]);
  deadlines.set(a, 30);
  deadlines.remove(a);
  expect(agenda.size).toBe(0);
});
