import { asyncKillCommand } from "./async-kill/async-kill-command.ts";
import { firstCallsCommand } from "./first-calls/first-calls-command.ts";
import { fuzzCommand } from "./fuzz/fuzz-command.ts";
import { invocationsCommand } from "./invocations/invocations-command.ts";
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
  [
    "invocations",
    {
      about:
        "[--count 100000] [--callers 24] [--seed NUMBER]  calls functions that end in every way and looks for answers, memory and processes that are lost",
      run: invocationsCommand,
    },
  ],
  [
    "async-kill",
    {
      about:
        "[--rounds 200] [--seed NUMBER]  kills the emulator while it runs asynchronous requests and looks for those that are lost",
      run: asyncKillCommand,
    },
  ],
  [
    "first-calls",
    {
      about:
        "[--parallel 64] [--rounds 5] [--seed NUMBER]  calls new functions from many callers at the same moment",
      run: firstCallsCommand,
    },
  ],
]);
