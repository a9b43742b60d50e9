import type { FunctionSpec } from "../../runtime/contract.ts";
import type { Reader } from "../../store/store.ts";
import type { App } from "../app.ts";
import { findFunction } from "../functions/find-function.ts";
import { formatUrn } from "../functions/urn.ts";
import { functionSpec } from "../invocation/function-spec.ts";
import { ServiceError } from "../service-error.ts";
import { loadCount } from "./load-count.ts";
import { type ReservationRecord, reservations } from "./records.ts";
import { nextCountChange, reservedCount } from "./reserved-count.ts";
import { reservable } from "./set-reservation.ts";

/** How many instances of a version are to be kept. */
export interface Wanted {
  readonly spec: FunctionSpec;
  readonly count: number;
}

/** What the reservations of a project come to at a moment. */
export interface WantedInstances {
  /** By the key of the spec, as an alias and its version can come to have a reservation each. */
  readonly wanted: ReadonlyMap<string, Wanted>;
  /** When it may be different, milliseconds since 1970. */
  readonly until: number | undefined;
}

/** Milliseconds after which load policies look at the load again. */
const lookEvery = 10_000;

/** Works out what the reservations of a project come to now. */
export function wantedInstances(app: App, project: string): WantedInstances {
  const now = app.clock.now();
  const found = app.store.read((tx) =>
    tx.list(reservations, project).flatMap(({ value }) => {
      const spec = specOf(app, tx, project, value);
      return spec ? [{ reservation: value, spec }] : [];
    }),
  );
  const fixed = found.map(({ reservation }) => reservedCount(reservation, now));
  // Load policies share what may be reserved beyond the counts of all.
  let left =
    Math.floor(app.limits.concurrentExecutions * reservable) - fixed.reduce((sum, one) => sum + one, 0);
  const wanted = new Map<string, Wanted>();
  for (const [index, { reservation, spec }] of found.entries()) {
    const least = fixed[index] ?? 0;
    const more = loadCount(reservation.loadPolicies ?? [], busyOf(app, spec)) - least;
    const added = Math.max(0, Math.min(more, left));
    left -= added;
    const count = least + added + (wanted.get(spec.key)?.count ?? 0);
    wanted.set(spec.key, { spec, count });
  }
  const times = found.flatMap(({ reservation }) => [
    nextCountChange(reservation, now.getTime()) ?? [],
    reservation.loadPolicies ? now.getTime() + lookEvery : [],
  ]);
  const next = times.flat();
  return { wanted, until: next.length === 0 ? undefined : Math.min(...next) };
}

function busyOf(app: App, { urn }: FunctionSpec): number {
  const counts = app.runner.instances().filter(({ spec }) => spec.urn === urn);
  return counts.reduce((sum, { busy }) => sum + busy, 0);
}

/** The version that a reservation is for; of an alias, its main version. Undefined when a part of it is missing. */
function specOf(
  app: App,
  tx: Reader,
  project: string,
  { package: pkg, name, qualifier }: ReservationRecord,
): FunctionSpec | undefined {
  try {
    const found = findFunction(tx, project, formatUrn(app.region, project, pkg, name, qualifier));
    return functionSpec(tx, app.region, project, found);
  } catch (error) {
    if (error instanceof ServiceError) return undefined;
    throw error;
  }
}
