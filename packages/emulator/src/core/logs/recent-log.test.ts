import { expect, it } from "vitest";
import { SeededRng } from "../seeded-rng.ts";
import type { LogEntry } from "./log-entry.ts";
import { RecentLog } from "./recent-log.ts";

const owner = { projectId: "p1", package: "default", name: "hello" };
const seed = Number(process.env.SEED ?? Date.now());

const sizeOf = (entries: readonly LogEntry[]): number =>
  entries.reduce((size, { text }) => size + text.length, 0);

/** What is to be left of entries: the last ones, within so many characters. */
function within(entries: readonly LogEntry[], most: number): LogEntry[] {
  const kept = entries.map((entry) => ({ ...entry, text: entry.text.slice(-most) }));
  while (sizeOf(kept) > most) kept.shift();
  return kept;
}

it(`keeps the last of all that comes, entry by entry (seed ${seed})`, () => {
  const rng = new SeededRng(seed);
  const below = (most: number): number => Math.floor(rng.next() * most);
  const entry = (order: number): LogEntry => {
    // Most are short, as those of calls that print little.
    const text = `${String.fromCharCode(97 + below(26)).repeat(1 + below(below(20) === 0 ? 30_000 : 400))}\n`;
    return { owner, version: ["latest", "v1", "v2"][below(3)] ?? "", text, order };
  };
  for (const most of [500, 20_000, 100_000]) {
    const log = new RecentLog(owner);
    let expected: LogEntry[] = [];
    for (let order = 1; order <= 600; order += 1) {
      const one = entry(order);
      log.add(one, most);
      expected = within([...expected, one], most);
      if (order === 300) {
        const older = [entry(0), entry(0)];
        log.addOlder(older, most);
        expected = within([...older, ...expected], most);
      }
      if (order % 50 === 0) expect(log.list()).toEqual(expected);
    }
    const half = Math.floor(most / 2);
    log.trim(half);
    while (sizeOf(expected) > half) expected.shift();
    expect([log.size, log.list()]).toEqual([sizeOf(expected), expected]);
  }
});
