import type { Random } from "../fuzz/random.ts";
import type { FunctionToMake } from "../running/function-service.ts";

/** Functions that are called, by their names. */
export const soakFunctions = {
  mixed: { name: "mixed", runtime: "Node.js20.15" },
  "with-callback": { name: "with-callback", runtime: "Node.js20.15", handler: "index.withCallback" },
  python: { name: "python", runtime: "Python3.9" },
  limited: { name: "limited", runtime: "Node.js20.15", timeout: 3 },
  small: { name: "small", runtime: "Node.js20.15", memory: 128 },
} satisfies Record<string, FunctionToMake>;

export type SoakFunction = keyof typeof soakFunctions;

/** A call and how it has to end. */
export interface PlannedCall {
  readonly function: SoakFunction;
  readonly event: Readonly<Record<string, unknown>> & { readonly id: string; readonly action: string };
  /** 0, or a number of the runtime's table of failures. */
  readonly code: number;
}

interface Kind extends Omit<PlannedCall, "event"> {
  readonly action: string;
  /** How often it comes, beside the others. */
  readonly weight: number;
  readonly more?: (random: Random) => Readonly<Record<string, unknown>>;
}

const filling = (random: Random): { filling: string } => ({ filling: "ä".repeat(random.below(700_000)) });
const lines = (random: Random): { lines: number } => ({ lines: 1 + random.below(40) });

/** Weights out of some 10,000. */
const kinds: readonly [Kind, ...Kind[]] = [
  { function: "mixed", action: "echo", code: 0, weight: 5000 },
  { function: "mixed", action: "sleep", code: 0, weight: 200, more: (random) => ({ ms: random.below(30) }) },
  { function: "mixed", action: "throw", code: 4002, weight: 900 },
  { function: "mixed", action: "log", code: 0, weight: 600, more: lines },
  { function: "mixed", action: "large", code: 0, weight: 40, more: filling },
  { function: "mixed", action: "exit", code: 4204, weight: 20 },
  { function: "with-callback", action: "echo", code: 0, weight: 1500 },
  { function: "with-callback", action: "fail", code: 4001, weight: 500 },
  { function: "python", action: "echo", code: 0, weight: 800 },
  { function: "python", action: "throw", code: 4002, weight: 200 },
  { function: "python", action: "log", code: 0, weight: 150, more: lines },
  { function: "python", action: "large", code: 0, weight: 10, more: filling },
  { function: "python", action: "exit", code: 4204, weight: 4 },
  { function: "limited", action: "hang", code: 4010, weight: 3 },
  { function: "limited", action: "spin", code: 4010, weight: 1 },
  { function: "small", action: "hog", code: 4205, weight: 6 },
];
const total = kinds.reduce((sum, { weight }) => sum + weight, 0);

/** The next call; calls with the same number and choices are the same. */
export function planCall(number: number, random: Random, id: string): PlannedCall {
  // Each of them comes among the first, so that short runs have them all.
  const { function: name, action, code, more } = kinds[number - 1] ?? choose(random);
  return { function: name, code, event: { id, action, ...more?.(random) } };
}

function choose(random: Random): Kind {
  const drawn = random.below(total);
  let sum = 0;
  for (const kind of kinds) {
    sum += kind.weight;
    if (drawn < sum) return kind;
  }
  return kinds[0];
}
