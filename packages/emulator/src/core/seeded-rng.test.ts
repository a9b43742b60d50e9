import { describe, expect, it } from "vitest";
import { SeededRng } from "./seeded-rng.ts";
import { SystemRng } from "./system-rng.ts";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe.each([
  ["SeededRng", () => new SeededRng("test")],
  ["SystemRng", () => new SystemRng()],
])("%s", (_, make) => {
  it("gives numbers from 0 to below 1, spread evenly", () => {
    const rng = make();
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let times = 0; times < 10_000; times += 1) {
      const number = rng.next();
      expect(number >= 0 && number < 1).toBe(true);
      tenths[Math.floor(number * 10)] = (tenths[Math.floor(number * 10)] ?? 0) + 1;
    }
    for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(200);
  });

  it("gives different UUIDs of version 4", () => {
    const rng = make();
    const all = Array.from({ length: 1000 }, () => rng.uuid());
    for (const one of all) expect(one).toMatch(uuid);
    expect(new Set(all).size).toBe(1000);
  });

  it.each([0, 1, 7, 8, 9, 32, 33])("gives %d hexadecimal digits", (digits) => {
    expect(make().hex(digits)).toMatch(new RegExp(`^[0-9a-f]{${digits}}$`));
  });
});

describe("SeededRng", () => {
  const draw = (rng: SeededRng) => [rng.next(), rng.uuid(), rng.hex(12), rng.next()];

  it("gives the same for the same seed and something else for another", () => {
    expect(draw(new SeededRng("a"))).toEqual(draw(new SeededRng("a")));
    expect(draw(new SeededRng("a"))).not.toEqual(draw(new SeededRng("b")));
    expect(draw(new SeededRng(1))).toEqual(draw(new SeededRng("1")));
  });

  it("gives what it has always given, so that recorded seeds stay good", () => {
    const rng = new SeededRng("functiongraph");
    expect([rng.uuid(), rng.hex(10), rng.next()]).toMatchInlineSnapshot(`
      [
        "8934abc5-ea0a-453c-a901-f94d4223cc5c",
        "7fac81388a",
        0.7861447109041534,
      ]
    `);
  });
});
