import type { Invocation } from "../metrics/invocation-metrics.ts";

/** Upper bounds of the run times that are counted apart, in seconds; longer ones are in the total only. */
export const durationBounds: readonly number[] = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900,
];

/** Whose calls are counted. */
export interface CountedVersion {
  readonly projectId: string;
  readonly package: string;
  readonly name: string;
  readonly version: string;
}

/** The calls of one version since the emulator started. */
export interface CallCount extends CountedVersion {
  readonly outcomes: { readonly [Outcome in Invocation["outcome"]]: number };
  readonly coldStarts: number;
  /** How many took no longer than each of `durationBounds`, and longer than the one before. */
  readonly buckets: readonly number[];
  /** Calls that ran, and their run times together in seconds. */
  readonly ran: number;
  readonly seconds: number;
}

interface Counting extends CountedVersion {
  outcomes: Record<Invocation["outcome"], number>;
  coldStarts: number;
  buckets: number[];
  ran: number;
  seconds: number;
}

/** Counters of calls that only grow, for Prometheus; they start with the process. */
export class CallCounters {
  readonly #counts = new Map<string, Counting>();
  /** By who has asked: for each call, making a name to look for would take longer. */
  #found = new WeakMap<CountedVersion, Counting>();

  /** @param duration milliseconds; absent for a call that was rejected */
  count(of: CountedVersion, outcome: Invocation["outcome"], duration?: number, cold = false): void {
    const counting = this.#found.get(of) ?? this.#find(of);
    counting.outcomes[outcome] += 1;
    if (cold) counting.coldStarts += 1;
    if (duration === undefined) return;
    const seconds = duration / 1000;
    counting.ran += 1;
    counting.seconds += seconds;
    const bucket = durationBounds.findIndex((bound) => seconds <= bound);
    if (bucket >= 0) counting.buckets[bucket] = (counting.buckets[bucket] ?? 0) + 1;
  }

  /** By project, function and version. */
  all(): CallCount[] {
    return [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, counting]) => counting);
  }

  /** Forgets those of whom it is asked to. */
  forget(whom: (counted: CountedVersion) => boolean): void {
    this.#found = new WeakMap();
    for (const [key, counting] of this.#counts) if (whom(counting)) this.#counts.delete(key);
  }

  #find(asked: CountedVersion): Counting {
    const { projectId, package: pkg, name, version } = asked;
    const key = `${projectId}:${pkg}:${name}:${version}`;
    const found = this.#counts.get(key);
    if (found) this.#found.set(asked, found);
    if (found) return found;
    const counting: Counting = {
      projectId,
      package: pkg,
      name,
      version,
      outcomes: { success: 0, "function-error": 0, "system-error": 0, rejected: 0 },
      coldStarts: 0,
      buckets: durationBounds.map(() => 0),
      ran: 0,
      seconds: 0,
    };
    this.#counts.set(key, counting);
    this.#found.set(asked, counting);
    return counting;
  }
}
