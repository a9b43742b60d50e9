import { availableParallelism } from "node:os";
import { performance } from "node:perf_hooks";
import type { Fleet } from "./fleet.ts";
import type { Instance } from "./instance.ts";

/** Milliseconds by which calls of one function may be preferred to those of another, as its instances are there. */
const fairness = 1000;
/** Starting at once; more would only slow each other down. */
const mostStarting = Math.max(16, availableParallelism() * 2);

/** Says which fleet may have one more instance: of the emulator's own, and of the function's. */
export class Placement {
  readonly #fleets: ReadonlyMap<string, Fleet>;
  readonly #leaving: ReadonlySet<Fleet>;
  readonly #maxInstances: number;

  /** @param leaving those whose versions are gone @param maxInstances most instances of all functions at once */
  constructor(fleets: ReadonlyMap<string, Fleet>, leaving: ReadonlySet<Fleet>, maxInstances: number) {
    this.#fleets = fleets;
    this.#leaving = leaving;
    this.#maxInstances = maxInstances;
  }

  /** Whether there is a place for one more instance; makes room for the next time if there is none. */
  mayStart(fleet: Fleet): boolean {
    let present = 0;
    let starting = 0;
    for (const { instances } of this.#all())
      for (const { state } of instances) {
        present += 1;
        if (state === "COLD" || state === "STARTING" || state === "INIT") starting += 1;
      }
    if (starting >= mostStarting) return false;
    if (this.#isOverLimit(fleet)) {
      this.#idleOf((other) => isSameFunction(other, fleet))?.drain();
      return false;
    }
    if (present < this.#maxInstances) return true;
    // Its place is better used by a call.
    this.#idleOf((other) => other !== fleet)?.drain();
    return false;
  }

  /** Whether its function has as many instances, of all its versions, as it may have, and none of another version that could go. */
  isAtLimit(fleet: Fleet): boolean {
    return this.#isOverLimit(fleet) && !this.#idleOf((other) => isSameFunction(other, fleet));
  }

  /** Whether there can be no more instances, as other calls of this function keep all busy. */
  isUsedUp(fleet: Fleet): boolean {
    let present = 0;
    for (const other of this.#fleets.values()) {
      if (other !== fleet && other.lacks) return false;
      present += other.instances.size;
    }
    for (const { instances } of this.#leaving) present += instances.size;
    if (present < this.#maxInstances || this.#isOverLimit(fleet)) return false;
    return !this.#idleOf((other) => other !== fleet);
  }

  /** Whether a call of another function has waited for much longer than its own, and gets no instance. */
  mustYield(fleet: Fleet): boolean {
    if (fleet.reserved > 0) return false;
    let present = 0;
    for (const { instances } of this.#fleets.values()) present += instances.size;
    for (const { instances } of this.#leaving) present += instances.size;
    if (present < this.#maxInstances) return false;
    for (const other of this.#fleets.values())
      if (other !== fleet && other.waitingSince < fleet.waitingSince - fairness) {
        // One that waits for as long as this may wait for its own start.
        if (performance.now() - other.waitingSince > fairness) return true;
      }
    return false;
  }

  #all(): Fleet[] {
    return [...this.#fleets.values(), ...this.#leaving];
  }

  #isOverLimit({ spec, limit }: Fleet): boolean {
    if (limit < 0) return false;
    let count = 0;
    for (const { spec: other, instances } of this.#all())
      if (other.functionId === spec.functionId)
        // One that is only ending takes no calls.
        for (const { state, load } of instances) if (state !== "DRAINING" || load > 0) count += 1;
    return count >= limit;
  }

  /** The instance that has been idle for longest. */
  #idleOf(isMeant: (fleet: Fleet) => boolean): Instance | undefined {
    let oldest: Instance | undefined;
    for (const fleet of this.#fleets.values()) {
      if (!isMeant(fleet)) continue;
      for (const one of fleet.instances) {
        const idle = one.state === "IDLE" && one.load === 0 && !one.reserved;
        if (idle && (!oldest || one.lastUsed < oldest.lastUsed)) oldest = one;
      }
    }
    return oldest;
  }
}

function isSameFunction(other: Fleet, fleet: Fleet): boolean {
  return other !== fleet && other.spec.functionId === fleet.spec.functionId;
}
