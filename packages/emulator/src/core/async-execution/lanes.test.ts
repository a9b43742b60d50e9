import { expect, it } from "vitest";
import { Lanes, type Waiting } from "./lanes.ts";

const one = (lane: string, sequence: number): Waiting => ({ lane, sequence });
const never = () => () => undefined;

function all(lanes: Lanes<Waiting>): string[] {
  const names: string[] = [];
  for (let next = lanes.next(); next; next = lanes.next()) names.push(`${next.lane}${next.sequence}`);
  return names;
}

it("takes the functions by turns and each one's requests in their order", () => {
  const lanes = new Lanes<Waiting>();
  for (const [lane, sequence] of [
    ["a", 1],
    ["a", 3],
    ["a", 2],
    ["b", 4],
    ["c", 5],
    ["b", 6],
  ] as const)
    lanes.add(one(lane, sequence));
  expect(all(lanes)).toEqual(["a1", "b4", "c5", "a2", "b6", "a3"]);
});

it("lets no more of a function begin than ran when one was refused, until the while is over", () => {
  const lanes = new Lanes<Waiting>();
  const ends: (() => void)[] = [];
  const whiles: number[] = [];
  const wait = (count: number, end: () => void) => {
    whiles.push(count);
    ends.push(end);
    return () => undefined;
  };
  const requests = [1, 2, 3, 4].map((sequence) => one("a", sequence));
  for (const request of requests.slice(0, 3)) lanes.add(request);
  all(lanes);
  const [first = one("", 0), second = first, third = first, fourth = first] = requests;
  for (const refused of [third, second]) {
    lanes.add(refused);
    lanes.refused(refused, wait);
  }
  expect(all(lanes)).toEqual([]);
  lanes.add(fourth);
  lanes.ended(first);
  expect(all(lanes)).toEqual(["a2"]);
  ends[0]?.();
  expect(all(lanes)).toEqual(["a3", "a4"]);
  lanes.refused(fourth, wait);
  expect(whiles).toEqual([1, 1]);
});

it("waits in longer and longer whiles as long as nothing ends", () => {
  const lanes = new Lanes<Waiting>();
  const whiles: number[] = [];
  let over = (): void => undefined;
  lanes.add(one("a", 1));
  for (let count = 0; count < 3; count += 1) {
    const next = lanes.next() ?? one("", 0);
    lanes.add(next);
    lanes.refused(next, (number, end) => {
      whiles.push(number);
      over = end;
      return () => undefined;
    });
    expect(lanes.next()).toBeUndefined();
    over();
  }
  expect(whiles).toEqual([1, 2, 3]);
});

it("forgets what waits and what refusals have shown", () => {
  const lanes = new Lanes<Waiting>();
  lanes.add(one("a", 1));
  const running = lanes.next() ?? one("", 0);
  lanes.add(one("a", 2));
  lanes.refused(running, never);
  expect(lanes.next()).toBeUndefined();
  lanes.clear();
  expect(lanes.next()).toBeUndefined();
  lanes.add(one("a", 3));
  expect(lanes.next()).toEqual(one("a", 3));
});
