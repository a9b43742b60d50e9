import type { Driver, Seen } from "./drivers/driver.ts";
import type { Stage } from "./stage.ts";

/** The runtimes that the set is for. */
export type RuntimeName = "node" | "python" | "java" | "custom" | "http" | "php" | "go";

/**
 * How sure a fact is: D documented, C captured from the service, K read in sources of the engine, T seen in clients that work with the service,
 * I inferred, U unknown, so that the emulator's choice is one of its assumptions.
 */
export type Grade = "D" | "C" | "K" | "T" | "I" | "U";

/** What the service does, as far as it is known. */
export interface Fact {
  readonly says: string;
  readonly grade: Grade;
  /** Where it is written: the service's guides, the runtimes' repositories, the engine's sources. */
  readonly source: string;
}

/** The functions that every runtime has, with the same code; they differ in their configuration. */
export type FunctionName =
  /** Does what the event's `action` says. */
  | "act"
  /** The same, for calls that end at the time limit: 3 s, the shortest that there is. */
  | "limited"
  /** The same, for actions that end the instance. */
  | "fragile"
  /** The same, for many calls at once, which are the only ones. */
  | "crowd"
  /** The same, with the least memory that the runtime works with. */
  | "small"
  | "missingModule"
  | "missingMethod"
  | "brokenSyntax"
  | "initialized"
  | "failingInitializer"
  | "endlessInitializer"
  /** What only one runtime has. */
  | "own"
  | "other";

/** How a call ends; what is left out does not matter. */
export interface Want {
  /** 0, or a number of the runtime's table of failures. */
  readonly code: number;
  /** The result as JSON, as `toMatchObject` reads it. */
  readonly result?: object;
  /** The result letter by letter. */
  readonly text?: string;
  readonly errorMessage?: string | RegExp;
  readonly errorType?: string | RegExp;
  readonly stackTrace?: RegExp;
  /** Found in the end of the log. */
  readonly log?: RegExp;
}

/** What runtimes want of a case, or a sentence that says why it is not for them. */
export type Wants = Readonly<Record<RuntimeName, Want | string>>;

/** One call, and how it ends. */
export interface ConformanceCase {
  /** End of the sentence "a function …". */
  readonly name: string;
  readonly fact: Fact;
  /** Default: `act`. */
  readonly function?: FunctionName;
  /** What the function is to do. */
  readonly event: Readonly<Record<string, unknown>>;
  readonly want: Wants;
  /** It takes seconds, and is under way while others run. */
  readonly slow?: boolean;
  /** What holds afterwards. */
  readonly after?: (stage: Stage, driver: Driver, seen: Seen) => Promise<void>;
}

/** Something that takes more than one call to see. */
export interface ConformanceScenario {
  readonly name: string;
  readonly fact: Fact;
  /** Why it is not for some runtimes. */
  readonly not?: Partial<Record<RuntimeName, string>>;
  /** Name of the driver that it is about. Default: each shows it. */
  readonly driver?: string;
  /** Only where functions run in namespaces of their own. */
  readonly isolated?: boolean;
  readonly slow?: boolean;
  readonly run: (stage: Stage, driver: Driver) => Promise<void>;
}

/** Why cases of initializers are not for Go. */
export const noInitializer = "Go functions have no initializer (the runtime library's guide, Initializer)";

/** The same in all runtimes, but for some. */
export function everywhere(want: Want, others: Partial<Wants> = {}): Wants {
  return { node: want, python: want, java: want, custom: want, http: want, php: want, go: want, ...others };
}

/** For some runtimes only. @param why the others have no such thing */
export function onlyFor(wants: Partial<Wants>, why: string): Wants {
  return { node: why, python: why, java: why, custom: why, http: why, php: why, go: why, ...wants };
}
