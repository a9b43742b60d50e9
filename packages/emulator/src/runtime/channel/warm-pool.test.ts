import { expect, it } from "vitest";
import { type Poolable, WarmPool } from "./warm-pool.ts";

interface Made extends Poolable {
  readonly number: number;
  end(): void;
  discarded: boolean;
}

/** A maker whose things end when a test says so. */
function maker(): { made: Made[]; make: () => Promise<Made> } {
  const made: Made[] = [];
  const make = async (): Promise<Made> => {
    let over = false;
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      end = () => {
        over = true;
        resolve();
      };
    });
    const one: Made = {
      number: made.length,
      ready: Promise.resolve(),
      ended,
      isOver: () => over,
      discarded: false,
      discard() {
        this.discarded = true;
      },
      end,
    };
    made.push(one);
    return one;
  };
  return { made, make };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

it("gives what is ready, and makes the next", async () => {
  const { made, make } = maker();
  const pool = new WarmPool(2, make);
  pool.fill();
  await settled();
  expect(made).toHaveLength(2);
  expect((await pool.take()).number).toBe(0);
  await expect.poll(() => made.length).toBe(3);
});

it("makes one when none is ready", async () => {
  const { made, make } = maker();
  expect((await new WarmPool(1, make).take()).number).toBe(0);
  expect(made).toHaveLength(1);
});

it("gives out none that has ended", async () => {
  const { made, make } = maker();
  const pool = new WarmPool(2, make);
  pool.fill();
  await settled();
  made[0]?.end();
  expect((await pool.take()).number).toBe(1);
});

it("fails whoever takes with the reason for which none can be made, and keeps on trying", async () => {
  let broken = true;
  const { make } = maker();
  const pool = new WarmPool(1, async () => {
    if (broken) throw new Error("no such program");
    return make();
  });
  await expect(pool.take()).rejects.toThrow("no such program");
  broken = false;
  expect((await pool.take()).number).toBe(0);
});

it("discards what it has when it is closed, and what comes later", async () => {
  const { made, make } = maker();
  const pool = new WarmPool(2, make);
  pool.fill();
  await settled();
  pool.fill();
  pool.close();
  await settled();
  expect(made.map(({ discarded }) => discarded)).toEqual([true, true]);
});
