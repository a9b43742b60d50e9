import type { FunctionGraphMethods } from "../generated/methods.ts";
import type { WaitOptions } from "./wait-options.ts";
import { waitUntil } from "./wait-until.ts";

/** A reservation: the version or alias it is for, and how many instances are waited for. */
export interface Reservation {
  /** A URN without version or alias stands for `latest`. */
  readonly function_urn: string;
  /** `0` waits for the end of the reservation. */
  readonly count: number;
}

/**
 * Waits until a version or alias has at least so many reserved instances, or none for a `count` of 0, and resolves to their number as
 * `listFunctionReservedInstances` reports it.
 *
 * Instances start and stop in the background after `updateFunctionReservedInstancesCount` has answered. Rejects with a TimeoutError whose
 * cause tells the last number, or with an AbortError.
 *
 * @example
 * ```ts
 * await fg.updateFunctionReservedInstancesCount({ path: { function_urn }, body: { count: 2 } });
 * await waitForReservedInstances(fg, { function_urn, count: 2 }, { timeout: 120_000 });
 * ```
 */
export function waitForReservedInstances(
  fg: Pick<FunctionGraphMethods, "listFunctionReservedInstances">,
  { function_urn, count }: Reservation,
  options: WaitOptions = {},
): Promise<number> {
  return waitUntil(
    "waitForReservedInstances",
    async (signal) => {
      const { reservedinstances = [] } = await fg.listFunctionReservedInstances(
        { query: { urn: function_urn } },
        { signal },
      );
      const own = reservedinstances.find(
        ({ func_urn }) => func_urn === function_urn || func_urn === `${function_urn}:latest`,
      );
      const there = own?.count ?? 0;
      const isReady = count === 0 ? there === 0 : there >= count;
      return isReady ? { done: there } : { state: `${there} reserved instances` };
    },
    options,
  );
}
