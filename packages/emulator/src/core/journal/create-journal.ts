import { join } from "node:path";
import { clearTimeout, setTimeout } from "node:timers";
import type { Logger } from "../../log/logger.ts";
import type { FunctionSpec } from "../../runtime/contract.ts";
import type { Store } from "../../store/store.ts";
import { type FunctionRecord, functionKey, functions } from "../functions/records.ts";
import type { InstanceCount, InvocationJournal, InvocationOutcome } from "../invocation/contract.ts";
import { FunctionLogs } from "../logs/function-logs.ts";
import { LogFiles } from "../logs/log-files.ts";
import type { Invocation } from "../metrics/invocation-metrics.ts";
import { bookedTimes } from "./booked-times.ts";
import { CallCounters } from "./call-counters.ts";
import { type EndedCall, PendingFigures } from "./pending-figures.ts";

/** What a journal needs. */
export interface JournalParts {
  readonly store: Store;
  /** The data folder; without one, logs are in memory only. */
  readonly folder?: string | undefined;
  readonly log: Pick<Logger, "warn">;
  /** Instances of the moment. Default: none are known. */
  readonly instances?: () => readonly InstanceCount[];
}

/** The journal with what it keeps. */
export interface Journal extends InvocationJournal {
  readonly counters: CallCounters;
  readonly logs: FunctionLogs;
  /**
   * Forgets the counters, the logs and the figures that are not stored yet of all functions, or those of a project, that are no more: after
   * a deletion (flush before, so that the project's figures stay whole), a reset or a snapshot. Never throws.
   */
  prune(projectId?: string): void;
}

/** Milliseconds after which figures are written at the latest. */
const pause = 1000;

/**
 * Makes the journal. Figures are summed up in memory and written once a second, in one transaction: thousands of calls in a second cost no
 * more than one, and a crash loses the figures of that second.
 */
export function createJournal({ store, folder, log, instances = () => [] }: JournalParts): Journal {
  const figures = new PendingFigures();
  const booked = bookedTimes(store);
  const counters = new CallCounters();
  const logs = new FunctionLogs(folder === undefined ? undefined : new LogFiles(join(folder, "logs"), log));
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const attempt = (what: string, work: () => void): void => {
    try {
      work();
    } catch (error) {
      log.warn(what, { reason: String(error) });
    }
  };
  const prune = (projectId?: string): void =>
    attempt("What deleted functions left could not be removed.", () =>
      store.read((tx) => {
        const meant = (project: string): boolean => projectId === undefined || project === projectId;
        const find = (project: string, one: { package: string; name: string }): FunctionRecord | undefined =>
          tx.get(functions, project, functionKey(one.package, one.name));
        counters.forget((one) => meant(one.projectId) && !find(one.projectId, one));
        logs.forget((one) => !find(one.projectId, one), projectId);
        figures.forget((project, one) => meant(project) && find(project, one)?.functionId !== one.functionId);
      }),
    );
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (figures.size === 0) return;
    attempt("Figures could not be stored; they are kept.", () => {
      if (!figures.write(store, instances())) prune();
    });
    if (figures.size > 0 && !closed) timer = setTimeout(flush, pause).unref();
  };
  const note = (spec: FunctionSpec, call: EndedCall): void => {
    if (closed) return;
    figures.add(spec, call);
    timer ??= setTimeout(flush, pause).unref();
  };
  return {
    counters,
    logs,
    ended: (outcome) =>
      attempt("A call could not be noted.", () => {
        const { spec, duration, billed } = outcome;
        const startedAt = booked.get(outcome.requestId) ?? outcome.startedAt;
        const result = resultOf(outcome);
        note(spec, { startedAt, outcome: result, duration, billed });
        counters.count(spec, result, duration, outcome.cold);
        const log = outcome.unshown ?? outcome.log;
        if (log !== "") logs.append(spec, spec.version, `${log}\n`);
      }),
    printed: (spec, text) =>
      attempt("What a function printed could not be noted.", () => {
        const { projectId, package: pkg, name, functionId } = spec;
        const record = store.read((tx) => tx.get(functions, projectId, functionKey(pkg, name)));
        // The log of a function that was deleted is gone, even if its instances have more to say.
        if (record?.functionId === functionId) logs.append(spec, spec.version, text);
      }),
    rejected: (spec, at) =>
      attempt("A call could not be noted.", () => {
        note(spec, { startedAt: at, outcome: "rejected" });
        counters.count(spec, "rejected");
      }),
    flush,
    prune,
    close: async () => {
      closed = true;
      flush();
      await logs.close();
    },
  };
}

/** Codes from 10000 on are the service's fault, all others but 0 the function's (facts of the runtime, 4.3). */
function resultOf({ code }: InvocationOutcome): Invocation["outcome"] {
  if (code === 0) return "success";
  return code >= 10_000 ? "system-error" : "function-error";
}
