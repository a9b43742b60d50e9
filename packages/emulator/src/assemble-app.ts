import type { App } from "./core/app.ts";
import { type AsyncQueueOptions, createAsyncQueue } from "./core/async-execution/create-queue.ts";
import type { AsyncQueue } from "./core/async-execution/queue-contract.ts";
import type { ControlledClock } from "./core/controlled-clock.ts";
import { createTimerFiring } from "./core/firing/timer-firing.ts";
import type { TriggerIndex } from "./core/firing/trigger-index.ts";
import { watchTriggers } from "./core/firing/watch-triggers.ts";
import { functionKey, functions, versionKey, versions } from "./core/functions/records.ts";
import { invoke } from "./core/invocation/invoke.ts";
import { createJournal, type Journal } from "./core/journal/create-journal.ts";
import {
  changingReservations,
  createReservationKeeper,
} from "./core/reserved-instances/keep-reservations.ts";
import { SeededRng } from "./core/seeded-rng.ts";
import { SystemRng } from "./core/system-rng.ts";
import type { Logger } from "./log/logger.ts";
import type { EmulatorSettings } from "./options.ts";
import type { FunctionSpec } from "./runtime/contract.ts";
import { lazyRunner } from "./runtime/lazy-runner.ts";
import type { DataFolder } from "./store/open-data-folder.ts";
import { type StoreChange, watchCollections } from "./store/watch-collections.ts";

/** What an app is made of. */
export interface AppParts {
  readonly settings: EmulatorSettings;
  readonly state: DataFolder;
  readonly clock: ControlledClock;
  readonly logger: Logger;
  readonly newRequestId: () => string;
}

/** An app with all that works in it. */
export interface AssembledApp {
  readonly app: App;
  readonly journal: Journal;
  readonly triggers: TriggerIndex;
  /** Begins to run what waits: the queue, the timers, the reserved instances. */
  start(): void;
  /** The documents of one project, or all, were replaced: what is kept about them beside the store is out of date. */
  forget(projectId?: string): void;
  /** Lets calls under way end within so many milliseconds, and stops everything. */
  close(grace: number): Promise<void>;
}

/** Puts the parts of an emulator together, apart from its server. */
export function assembleApp({ settings, state, clock, logger, newRequestId }: AppParts): AssembledApp {
  const noticing = [functions, ...changingReservations];
  const { store, triggers } = watchTriggers(watchCollections(state.store, noticing, noticed));
  const runner = lazyRunner(async () => {
    const { createRunner } = await import("./runtime/create-runner.ts");
    const { data: dataFolder, runtime: options } = settings;
    const printed = (spec: FunctionSpec, text: string): void => journal.printed(spec, text);
    return createRunner({ packages: state.packages, clock, dataFolder, options, printed });
  });
  const journal = createJournal({
    store,
    folder: settings.data,
    log: logger,
    instances: () => runner.instances(),
  });
  const base = {
    store,
    packages: state.packages,
    clock,
    rng: settings.seed === undefined ? new SystemRng() : new SeededRng(settings.seed),
    region: settings.region,
    limits: settings.limits,
    objectStorage: new Map(Object.entries(settings.objectStorage)),
    runner,
    journal,
  };
  // The queue runs functions of the app that it belongs to.
  const app = base as typeof base & { queue: AsyncQueue };
  const queue = createAsyncQueue(app, queueOptions());
  app.queue = queue;
  const timers = createTimerFiring(app, { triggers, log: logger, newRequestId });
  const keeper = createReservationKeeper(app, { log: logger });
  clock.onSetBack(() => {
    timers.refresh();
    keeper.refresh();
  });

  function noticed(changes: StoreChange): void {
    // After a reset or a snapshot, `forget` sees to all.
    if (changes === "all") return;
    const deleted = (name: string): boolean =>
      changes.some(({ collection, value }) => collection === name && value === undefined);
    if (deleted(functions.name) || deleted(versions.name)) runner.prune(isGone);
    for (const { collection, project, id, value } of changes)
      if (collection === functions.name && value === undefined) queue.deleted(project, id);
    const withFunctions = new Set<string>();
    for (const { collection, project } of changes)
      if (collection === functions.name) withFunctions.add(project);
    for (const project of withFunctions) {
      journal.flush();
      journal.prune(project);
    }
    for (const project of new Set(changes.map((change) => change.project))) keeper.refresh(project);
  }

  function isGone({ projectId, package: pkg, name, functionId, version }: FunctionSpec): boolean {
    return store.read(
      (tx) =>
        tx.get(functions, projectId, functionKey(pkg, name))?.functionId !== functionId ||
        !tx.get(versions, projectId, versionKey(pkg, name, version)),
    );
  }

  function queueOptions(): AsyncQueueOptions {
    const { buckets, notifications, streams, ...rest } = settings.asynchronous;
    return {
      ...rest,
      invoke: (input) => invoke(app, input),
      destinations: {
        objectStorage: buckets ?? base.objectStorage,
        ...(notifications !== undefined && { notifications }),
        ...(streams !== undefined && { streams }),
      },
      log: (text, fields) => logger.warn(text, fields),
    };
  }

  return {
    app,
    journal,
    triggers,
    start() {
      queue.start();
      keeper.refresh();
    },
    forget(projectId) {
      runner.release(projectId);
      journal.prune(projectId);
      queue.reload();
      keeper.refresh();
    },
    async close(grace) {
      timers.close();
      keeper.close();
      await queue.close();
      await runner.close(grace);
      await journal.close();
    },
  };
}
