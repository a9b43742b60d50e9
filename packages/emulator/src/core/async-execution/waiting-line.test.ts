import { expect, it } from "vitest";
import { WaitingLine } from "./waiting-line.ts";

const people = (count: number): { readonly sequence: number }[] =>
  Array.from({ length: count }, (_, sequence) => ({ sequence }));

function leave(line: WaitingLine<{ readonly sequence: number }>): number[] {
  const left: number[] = [];
  for (let first = line.first; first; first = line.first) {
    left.push(first.sequence);
    line.remove(first);
  }
  return left;
}

it("keeps the order of arrival, whoever comes late, leaves or comes back", () => {
  const line = new WaitingLine<{ readonly sequence: number }>();
  const [a, b, c, d, e] = people(5);
  if (!a || !b || !c || !d || !e) throw new Error("Five are there.");
  for (const one of [b, d, a, c, e]) line.add(one);
  line.remove(a);
  line.remove(c);
  line.remove(c);
  expect([line.first, line.size]).toEqual([b, 3]);
  line.add(c);
  line.add(a);
  expect(leave(line)).toEqual([0, 1, 2, 3, 4]);
  expect([line.first, line.size]).toEqual([undefined, 0]);
});

it("lets hundreds of thousands leave from the front, the back and at once", () => {
  const line = new WaitingLine<{ readonly sequence: number }>();
  const all = people(300_000);
  for (const one of all) line.add(one);
  for (const one of all.slice(200_000).reverse()) line.remove(one);
  expect(leave(line)).toHaveLength(200_000);
  for (const one of all) line.add(one);
  line.clear();
  expect([line.first, line.size]).toEqual([undefined, 0]);
});
