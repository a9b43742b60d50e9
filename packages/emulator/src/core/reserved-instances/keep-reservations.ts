import type { Logger } from "../../log/logger.ts";
import type { Collection } from "../../store/store.ts";
import type { App } from "../app.ts";
import { dependencyVersions } from "../dependencies/records.ts";
import { aliases, versions } from "../functions/records.ts";
import { projectsWithReservations, reservations } from "./records.ts";
import { type Wanted, wantedInstances } from "./wanted-instances.ts";

/** A change of documents of these may change what has to be kept. */
export const changingReservations: readonly Collection<unknown>[] = [
  reservations,
  versions,
  aliases,
  dependencyVersions,
];

/** Sees to it that the runner keeps what is reserved. */
export interface ReservationKeeper {
  /**
   * Looks at the reservations of a project, or of all: when they, a version, an alias or a dependency may have changed. Never throws. For all
   * projects everything is asked of the runner anew, as it may have let everything go.
   */
  refresh(projectId?: string): void;
  /** Looks no more. The runner keeps what it has. */
  close(): void;
}

/** Makes the keeper of an app's reservations. It does nothing before the first `refresh`. */
export function createReservationKeeper(app: App, { log }: { log: Pick<Logger, "warn"> }): ReservationKeeper {
  const kept = new Map<string, ReadonlyMap<string, Wanted>>();
  const timers = new Map<string, () => void>();
  let closed = false;

  function keep(projectId: string, anew: boolean): void {
    timers.get(projectId)?.();
    timers.delete(projectId);
    const before = kept.get(projectId) ?? new Map<string, Wanted>();
    const { wanted, until } = wantedInstances(app, projectId);
    kept.set(projectId, wanted);
    if (until !== undefined)
      timers.set(
        projectId,
        app.clock.setTimer(new Date(until), () => refresh(projectId)),
      );
    for (const [key, { spec, count }] of wanted)
      if (anew || count !== before.get(key)?.count) reserve({ spec, count });
    // What is new comes first, so that the old makes room for it.
    for (const [key, { spec }] of before) if (!wanted.has(key)) reserve({ spec, count: 0 });
    if (wanted.size === 0) kept.delete(projectId);
  }

  function reserve({ spec, count }: Wanted): void {
    attempt(spec.urn, () => app.runner.reserve(spec, count));
  }

  function attempt(whose: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      log.warn("Reserved instances could not be kept.", { of: whose, reason: String(error) });
    }
  }

  function refresh(projectId?: string): void {
    if (closed) return;
    if (projectId !== undefined) {
      attempt(projectId, () => keep(projectId, false));
      return;
    }
    attempt("all projects", () => {
      const projects = new Set([...app.store.read(projectsWithReservations), ...kept.keys()]);
      for (const project of projects) attempt(project, () => keep(project, true));
    });
  }

  return {
    refresh,
    close: () => {
      closed = true;
      for (const cancel of timers.values()) cancel();
      timers.clear();
    },
  };
}
