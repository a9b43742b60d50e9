import { createHandlers } from "../../src/api/index.ts";
import type { App } from "../../src/core/app.ts";
import { findFunction } from "../../src/core/functions/find-function.ts";
import type { InvocationOutcome } from "../../src/core/invocation/contract.ts";
import { functionSpec } from "../../src/core/invocation/function-spec.ts";
import { type EmulatorOptions, resolveOptions } from "../../src/options.ts";
import { type Emulator, startEmulator } from "../../src/start-emulator.ts";
import { ada, addLocalFunction } from "./local-app.ts";

/** A running emulator whose calls a test makes up. */
export interface JournaledEmulator extends Emulator {
  readonly app: App;
  add(name: string, project?: string): Promise<void>;
  /** Notes a call of a function by its URN or a short form. */
  ended(urn: string, outcome?: Partial<InvocationOutcome>, project?: string): void;
  rejected(urn: string): void;
}

export async function journaledEmulator(options: EmulatorOptions = {}): Promise<JournaledEmulator> {
  let seen: App | undefined;
  const settings = resolveOptions({ logLevel: "silent", ...options });
  const emulator = await startEmulator(settings, (identity, baseUrl) => ({
    ...createHandlers(identity, baseUrl),
    listQuotas: (_call, app) => {
      seen = app;
      return {};
    },
  }));
  const { url, projectId, token } = emulator;
  await fetch(`${url}/v2/${projectId}/fgs/quotas`, { headers: { "X-Auth-Token": token } });
  const app = seen;
  if (!app) throw new Error("The emulator has not answered.");
  const specOf = (urn: string, project: string): InvocationOutcome["spec"] =>
    app.store.read((tx) => functionSpec(tx, app.region, project, findFunction(tx, project, urn)));
  return Object.assign(emulator, {
    app,
    add: (func_name: string, project = projectId) =>
      addLocalFunction(app, { ...ada, projectId: project }, { func_name }),
    ended: (urn: string, outcome: Partial<InvocationOutcome> = {}, project = projectId) =>
      app.journal.ended({
        requestId: "c0ffee00-1234-4abc-9def-0123456789ab",
        spec: specOf(urn, project),
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
    rejected: (urn: string) => app.journal.rejected(specOf(urn, projectId), app.clock.now()),
  });
}
