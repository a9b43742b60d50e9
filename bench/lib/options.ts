import { parseArgs } from "node:util";

/** Settings of a run. */
export interface BenchOptions {
  /** Times that every peer is measured; results are medians over them. */
  readonly rounds: number;
  /** Requests, or signatures, in one measurement. */
  readonly requests: number;
  /** Decides the order of the peers within each round. */
  readonly seed: number;
}

/** Settings from the command line: `--rounds 15 --requests 600 --seed 1`. */
export function benchOptions(defaults: BenchOptions): BenchOptions {
  const text = { type: "string" } as const;
  const { values } = parseArgs({ options: { rounds: text, requests: text, seed: text } });
  const pick = (name: keyof BenchOptions): number => {
    const value = Number(values[name] ?? defaults[name]);
    if (!Number.isSafeInteger(value) || value < 1)
      throw new Error(`--${name} takes a whole number from 1 on`);
    return value;
  };
  return { rounds: pick("rounds"), requests: pick("requests"), seed: pick("seed") };
}
