import { afterEach, beforeEach, expect, it } from "vitest";
import { type AdapterBench, callOf, textOf, tryAdapter } from "../../../test/support/try-function.ts";
import { ReturnedCall, type Worker } from "../contract.ts";
import { createNodeAdapter } from "./node-adapter.ts";

const source = `
exports.handler = async ({ n, wait = 0, end }) => {
  process.stdout.write("12345");
  await new Promise((go) => setTimeout(go, wait));
  if (end) process.exit(1);
  return n;
};`;

let bench: AdapterBench;
let worker: Worker;
let events: string[];
beforeEach(async () => {
  bench = await tryAdapter((parts) => createNodeAdapter({ ...parts, warm: 0 }));
  worker = await bench.start({ "index.js": source });
  await worker.initialize();
  events = [];
});
afterEach(() => bench.close());

/** Sends a call, and notes when it begins, if it is sent ahead, and how it ends. */
async function send(n: number, more: object = {}, isAhead = true): Promise<void> {
  const begun = (written: number): void => void events.push(`${n} begins after ${written}`);
  const call = callOf({ n, ...more }, `call-${n}`);
  try {
    const result = await (isAhead ? worker.call(call, begun) : worker.call(call));
    events.push(`${textOf(result).payload} ends`);
    expect(result.took).toBeGreaterThanOrEqual(0);
  } catch (error) {
    events.push(error instanceof ReturnedCall ? `${n} returns` : String(error));
  }
}

it("begins calls that are sent ahead after the one before has ended", async () => {
  await Promise.all([send(1, { wait: 20 }, false), send(2, { wait: 20 }), send(3)]);
  expect(events).toEqual(["2 begins after 5", "1 ends", "3 begins after 10", "2 ends", "3 ends"]);
});

it("begins a call at once that was sent ahead of an end that was on its way", async () => {
  await send(1, {}, false);
  await send(2);
  // The log of the first may still be on its way.
  expect(events).toEqual(["1 ends", "2 begins after 5", "2 ends"]);
});

it("gives back what has not begun", async () => {
  const all = [send(1, { wait: 100 }, false), send(2), send(3)];
  worker.takeBack?.();
  await Promise.all(all);
  expect(events).toEqual(["2 returns", "3 returns", "1 ends"]);
});

it("gives back what has not begun when its process ends", async () => {
  const first = send(1, { wait: 20, end: true }, false);
  const others = [send(2), send(3)];
  await worker.exited;
  await Promise.all(others);
  expect(events).toEqual(["2 returns", "3 returns"]);
  // Nobody says how the first one ended: that is the supervisor's.
  void first;
});

it("knows what a process said before its end, though a call that was sent then could not be written", async () => {
  const sent = [send(1, {}, false), send(2), send(3, { end: true })];
  const last = new Promise<void>((resolve) => {
    // While this thread looks at one descriptor and not yet at the others, all of them run, and the process ends.
    worker.output.once("data", () => {
      for (const start = Date.now(); Date.now() - start < 500; ) {}
      resolve(send(4));
    });
  });
  await Promise.all([...sent.slice(0, 2), last, worker.exited]);
  const over = events.filter((event) => /ends|returns/.test(event)).sort();
  expect(over).toEqual(["1 ends", "2 ends", "4 returns"]);
  expect(events).toContain("3 begins after 10");
});
