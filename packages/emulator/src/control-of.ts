import { performance } from "node:perf_hooks";
import type { AssembledApp } from "./assemble-app.ts";
import { checkProject } from "./http/control/check-project.ts";
import type { AdjustableClock, EmulatorControl } from "./http/control/emulator-control.ts";
import type { Violation } from "./http/server-context.ts";
import type { EmulatorSettings } from "./options.ts";
import { dump, restore } from "./store/snapshot.ts";

/**
 * What can be done to an emulator as a whole.
 * @param settings who may call, to tell projects from misspelt ones
 */
export function controlOf(
  { app, forget }: AssembledApp,
  clock: AdjustableClock,
  violations: readonly Violation[],
  settings: Pick<EmulatorSettings, "projects" | "authentication">,
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
      if (projectId !== undefined) checkProject(projectId, { ...settings, store: app.store });
      const all = projectId === undefined ? [] : [...app.store.documents()];
      const kept = all.filter(({ project }) => project !== projectId);
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
