import type { AssembledApp } from "./assemble-app.ts";
import type { AdjustableClock, EmulatorControl } from "./http/control/emulator-control.ts";
import type { Violation } from "./http/server-context.ts";
import { dump, restore } from "./store/snapshot.ts";

/** What can be done to an emulator as a whole. */
export function controlOf(
  { app, forget }: AssembledApp,
  clock: AdjustableClock,
  violations: readonly Violation[],
): EmulatorControl {
  const started = performance.now();
  return {
    clock,
    health: async () => ({
      status: "ok",
      region: app.region,
      now: clock.now().toISOString(),
      frozen: clock.frozen,
      uptimeSeconds: Math.round((performance.now() - started) / 1000),
      violations: violations.length,
      queued: app.queue.pending(),
      ...(await app.runner.health()),
    }),
    reset: (projectId) => {
      const kept =
        projectId === undefined
          ? []
          : [...app.store.documents()].filter((document) => document.project !== projectId);
      app.store.replace(kept);
      forget(projectId);
    },
    snapshot: () => {
      app.journal.flush();
      return dump(app.store, app.packages);
    },
    restore: async (snapshot) => {
      const summary = await restore(app.store, app.packages, snapshot);
      forget();
      return summary;
    },
  };
}
