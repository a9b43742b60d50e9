import type { PackageStore } from "../store/package-store.ts";
import type { Store } from "../store/store.ts";
import type { AsyncQueue } from "./async-execution/queue-contract.ts";
import type { TimerClock } from "./clock.ts";
import type { FunctionRunner, InvocationJournal } from "./invocation/contract.ts";
import type { Limits } from "./limits.ts";
import type { Rng } from "./rng.ts";

/** Everything that handlers and the core need from outside, injected. */
export interface App {
  readonly store: Store;
  readonly packages: PackageStore;
  readonly clock: TimerClock;
  readonly rng: Rng;
  /** Region identifier, the third part of every URN. */
  readonly region: string;
  readonly limits: Limits;
  /** Where `code_url` and `depend_link` may lead: address prefix → local folder or base address on this machine. */
  readonly objectStorage: ReadonlyMap<string, string>;
  readonly runner: FunctionRunner;
  readonly journal: InvocationJournal;
  readonly queue: AsyncQueue;
}
