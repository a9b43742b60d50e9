import { fuzzCommand } from "./fuzz/fuzz-command.ts";
import { killCommand } from "./kill/command.ts";

/** A heavy run. */
export interface Soak {
  /** What it shows, with its options. */
  readonly about: string;
  /** Runs it and answers the exit code. */
  run(args: readonly string[]): Promise<number>;
}

/** All heavy runs by their names. */
export const soaks: ReadonlyMap<string, Soak> = new Map([
  [
    "fuzz",
    {
      about:
        "[--requests 5000] [--seed NUMBER]  sends valid and broken requests of every operation and holds the answers against the description",
      run: fuzzCommand,
    },
  ],
  [
    "kill",
    {
      about: "[--rounds 500] [--seed TEXT]  kills the store at random moments and looks for what is lost",
      run: killCommand,
    },
  ],
]);
