import type { FunctionSpec } from "../../runtime/contract.ts";
import type { Store } from "../../store/store.ts";
import { functionKey, functions } from "../functions/records.ts";
import type { InstanceCount } from "../invocation/contract.ts";
import {
  addInvocation,
  type Invocation,
  type InvocationMinute,
  type InvocationSum,
  recordInvocations,
  startOfMinute,
  sumOf,
} from "../metrics/invocation-metrics.ts";

/** Whose call it is. */
export type Counted = Pick<
  FunctionSpec,
  "projectId" | "package" | "name" | "functionId" | "version" | "memoryMb"
>;

/** How a call went. */
export type EndedCall = Pick<Invocation, "startedAt" | "outcome" | "duration" | "billed">;

interface Pending {
  readonly project: string;
  readonly sum: InvocationSum;
}

/** Figures of calls that are not in the store yet, one sum for each version and minute. */
export class PendingFigures {
  readonly #pending = new Map<string, Pending>();
  /** By whose call was the last: for each, making a name to look for would take longer. */
  #found = new WeakMap<Counted, InvocationSum>();

  get size(): number {
    return this.#pending.size;
  }

  /**
   * Adds a call. Its instances are counted when the figures are written.
   * @throws RangeError for a time that is none: no transaction could store it, nor anything beside it
   */
  add(of: Counted, call: EndedCall): void {
    const minute = startOfMinute(call.startedAt.getTime());
    if (Number.isNaN(minute)) throw new RangeError("The start of a call is no time.");
    const noted = notedCall(of, call);
    const found = this.#found.get(of);
    if (found?.minute.minute === minute) addInvocation(found, noted);
    else this.#find(of, minute, noted);
  }

  /**
   * Writes all of them in one transaction. They stay pending when it fails.
   * @param instances those of the moment, which is at most a second after the calls
   * @returns whether all functions are still there; of one that was deleted while it ran, more than figures came in
   * @throws what the store throws
   */
  write(store: Store, instances: readonly InstanceCount[]): boolean {
    const counts = countByVersion(instances);
    const complete = store.write((tx) => {
      let present = true;
      for (const { project, sum } of this.#pending.values()) {
        const count = counts.get(versionKeyOf(project, sum.minute.functionId, sum.minute.version));
        recordInvocations(tx, project, [{ ...sum, minute: { ...sum.minute, ...atLeastOne(sum, count) } }]);
        const record = tx.get(functions, project, functionKey(sum.minute.package, sum.minute.name));
        present &&= record !== undefined;
      }
      return present;
    });
    this.#pending.clear();
    this.#found = new WeakMap();
    return complete;
  }

  /** Forgets those of whom it is asked to. */
  forget(whom: (project: string, minute: InvocationMinute) => boolean): void {
    this.#found = new WeakMap();
    for (const [key, { project, sum }] of this.#pending)
      if (whom(project, sum.minute)) this.#pending.delete(key);
  }

  #find(of: Counted, minute: number, noted: Invocation): void {
    const key = `${of.projectId}:${of.functionId}:${of.version}:${minute}`;
    const before = this.#pending.get(key);
    if (before) addInvocation(before.sum, noted);
    const { sum } = before ?? { sum: sumOf(noted) };
    if (!before) this.#pending.set(key, { project: of.projectId, sum });
    this.#found.set(of, sum);
  }
}

/** Field by field, as this is done for each call. */
function notedCall(of: Counted, { startedAt, outcome, duration, billed }: EndedCall): Invocation {
  const { package: pkg, name, functionId, version, memoryMb } = of;
  return {
    package: pkg,
    name,
    functionId,
    version,
    memoryMb,
    startedAt,
    outcome,
    duration,
    billed,
    onDemandInstances: 0,
    reservedInstances: 0,
  };
}

type Count = Pick<Invocation, "onDemandInstances" | "reservedInstances">;

const versionKeyOf = (project: string, functionId: string, version: string): string =>
  `${project}:${functionId}:${version}`;

function countByVersion(instances: readonly InstanceCount[]): Map<string, Count> {
  const counts = new Map<string, Count>();
  for (const { spec, onDemand, reserved } of instances) {
    const key = versionKeyOf(spec.projectId, spec.functionId, spec.version);
    const before = counts.get(key);
    counts.set(key, {
      onDemandInstances: onDemand + (before?.onDemandInstances ?? 0),
      reservedInstances: reserved + (before?.reservedInstances ?? 0),
    });
  }
  return counts;
}

/** What ran had an instance, even if that is gone already. */
function atLeastOne({ minute }: InvocationSum, count: Count | undefined): Count {
  const { onDemandInstances = 0, reservedInstances = 0 } = count ?? {};
  const none = onDemandInstances === 0 && reservedInstances === 0;
  return { onDemandInstances: none && minute.ran > 0 ? 1 : onDemandInstances, reservedInstances };
}
