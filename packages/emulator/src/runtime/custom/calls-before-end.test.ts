import { expect, it } from "vitest";
import { CallsBeforeEnd } from "./calls-before-end.ts";

const end = { code: 0, signal: null, outOfMemory: false };

it("the end of a process is told after the calls that it has answered", async () => {
  const order: string[] = [];
  let die: (ended: typeof end) => void = () => undefined;
  let settle: (bytes: number) => void = () => undefined;
  const calls = new CallsBeforeEnd(
    new Promise((resolve) => {
      die = resolve;
    }),
    () => order.push("closed"),
  );
  void calls.exited.then(() => order.push("end"));
  const call = async (): Promise<void> => {
    const written = await calls.answered(
      new Promise<number>((resolve) => {
        settle = resolve;
      }),
    );
    order.push(`result ${written}`);
  };
  const result = call();
  die(end);
  while (!order.includes("closed")) await new Promise((go) => setImmediate(go));
  settle(7);
  await result;
  expect(await calls.exited).toBe(end);
  expect(order).toEqual(["closed", "result 7", "end"]);
});

it("the end of a process without calls is told at once, and once", async () => {
  const calls = new CallsBeforeEnd(Promise.resolve(end));
  expect(await calls.exited).toBe(end);
  expect(await calls.answered(Promise.resolve(1))).toBe(1);
});
