import type { App } from "../../src/core/app.ts";
import { findFunction } from "../../src/core/functions/find-function.ts";
import type { InstanceCount, InvocationOutcome } from "../../src/core/invocation/contract.ts";
import { functionSpec } from "../../src/core/invocation/function-spec.ts";
import { createJournal, type Journal, type JournalParts } from "../../src/core/journal/create-journal.ts";
import type { FunctionSpec } from "../../src/runtime/contract.ts";
import { MemoryStore } from "../../src/store/memory-store.ts";
import { ada, type LocalApp, localApp } from "./local-app.ts";

/** An app with a real journal, whose instances are what a test says. */
export interface JournaledApp extends LocalApp {
  readonly journal: Journal;
  /** What the runner tells of its instances. */
  readonly running: InstanceCount[];
  /** What the runner was asked to keep: version and number, in order. */
  readonly reserved: (readonly [version: string, count: number])[];
  readonly warnings: string[];
  /** Notes a call of a function in the version `latest` or another one. */
  ended(name: string, outcome?: Partial<InvocationOutcome>): void;
  specOf(urn: string): FunctionSpec;
}

export function journaledApp(parts: Partial<JournalParts> = {}, overrides: Partial<App> = {}): JournaledApp {
  const store = parts.store ?? overrides.store ?? new MemoryStore();
  const running: InstanceCount[] = [];
  const reserved: [string, number][] = [];
  const warnings: string[] = [];
  const log = { warn: (message: string) => void warnings.push(message) };
  const journal = createJournal({ store, log, instances: () => running, ...parts });
  const local = localApp({ store, ...overrides });
  const runner = {
    ...local.runner,
    instances: () => running,
    reserve: (spec: FunctionSpec, count: number) => {
      reserved.push([`${spec.name}:${spec.version}`, count]);
    },
  };
  const app = { ...local, journal, runner, running, reserved, warnings };
  const specOf = (urn: string): FunctionSpec =>
    store.read((tx) => functionSpec(tx, local.region, ada.projectId, findFunction(tx, ada.projectId, urn)));
  return Object.assign(app, {
    specOf,
    ended: (name: string, outcome: Partial<InvocationOutcome> = {}) =>
      journal.ended({
        requestId: "c0ffee00-1234-4abc-9def-0123456789ab",
        spec: specOf(name.includes(":") ? `${ada.projectId}:default:${name}` : name),
        code: 0,
        payload: Buffer.from("null"),
        startedAt: app.clock.now(),
        duration: 10,
        billed: 10,
        memoryUsedMb: 30,
        log: "",
        cold: false,
        ...outcome,
      }),
  });
}
