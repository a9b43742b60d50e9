import { median } from "./median.ts";
import type { BenchOptions } from "./options.ts";

/** What is measured of a peer: one number for so many requests. */
export type Measure = (requests: number) => Promise<number>;

/** A peer's result. */
export interface Compared {
  readonly name: string;
  /** Median over the rounds. */
  readonly value: number;
  /** Median of the ratios to the reference in the same round. */
  readonly ratio: number;
}

/** Measures all peers in every round, in an order that the seed shuffles, after rounds to warm up; ratios are to the first peer. */
export async function compare(
  peers: Readonly<Record<string, Measure>>,
  { rounds, requests, seed }: BenchOptions,
): Promise<Compared[]> {
  // Long-running programs are what CPU time matters to: everything is compiled by then.
  const warmUp = Math.min(5, Math.ceil(rounds / 2));
  const names = Object.keys(peers);
  const values: Record<string, number>[] = [];
  let state = seed;
  // The generator known as mulberry32.
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  for (let round = -warmUp; round < rounds; round++) {
    const order = names.map((name) => ({ name, at: random() })).sort((a, b) => a.at - b.at);
    const row: Record<string, number> = {};
    for (const { name } of order) row[name] = (await peers[name]?.(requests)) ?? Number.NaN;
    if (round >= 0) values.push(row);
  }
  const of = (row: Record<string, number>, name: string | undefined): number => row[name ?? ""] ?? Number.NaN;
  return names.map((name) => ({
    name,
    value: median(values.map((row) => of(row, name))),
    ratio: median(values.map((row) => of(row, name) / of(row, names[0]))),
  }));
}
