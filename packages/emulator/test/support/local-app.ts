import type { Caller } from "../../src/contract/handler.ts";
import type { App } from "../../src/core/app.ts";
import type { ReceivedCode } from "../../src/core/code/receive-code.ts";
import { storeCode } from "../../src/core/code/store-code.ts";
import { ControlledClock } from "../../src/core/controlled-clock.ts";
import { addFunction, draftConfig, type NewFunction } from "../../src/core/functions/create-function.ts";
import { deleteHooks } from "../../src/core/functions/delete-hooks.ts";
import { putVersion } from "../../src/core/functions/put-version.ts";
import {
  aliases,
  aliasKey,
  functionKey,
  functions,
  latest,
  versionKey,
  versions,
} from "../../src/core/functions/records.ts";
import type { FunctionRunner } from "../../src/core/invocation/contract.ts";
import { defaultLimits } from "../../src/core/limits.ts";
import { MemoryPackageStore } from "../../src/store/memory-package-store.ts";
import { MemoryStore } from "../../src/store/memory-store.ts";

/** An app in memory, whose time stands still until a test moves it and whose choices are the same each time. */
export interface LocalApp extends App {
  setTime(time: string): void;
}

/** Monday, 2 March 2026, 10:00 UTC. */
export const startTime = "2026-03-02T10:00:00Z";

export const ada: Caller = {
  projectId: "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
  projectName: "eu-de",
  domainId: "d0c1b2a3f4e5d6c7b8a9f0e1d2c3b4a5",
  domainName: "example-domain",
  userId: "5e6f708192a3b4c5d6e7f8091a2b3c4d",
  userName: "ada",
};

/** Somebody in another project. */
export const bob: Caller = {
  ...ada,
  projectId: "ffffffffffffffffffffffffffffffff",
  projectName: "eu-de_other",
  userName: "bob",
};

const nothing = (): void => undefined;
const refuse = (): never => {
  throw new Error("This app runs no functions.");
};

/** For tests of what never runs a function. */
const nothingRuns: FunctionRunner = {
  run: refuse,
  instances: () => [],
  reserve: nothing,
  prepare: nothing,
  release: nothing,
  prune: nothing,
  sandbox: async () => "",
  health: async () => ({}),
  close: async () => {},
};

export function localApp(overrides: Partial<App> = {}): LocalApp {
  const clock = new ControlledClock();
  clock.freeze(new Date(startTime));
  let state = 20260302;
  const next = (): number => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => Math.floor(next() * 16).toString(16)).join("");
  return {
    store: new MemoryStore(),
    packages: new MemoryPackageStore(),
    clock,
    rng: { next, hex, uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}` },
    region: "eu-de",
    limits: defaultLimits,
    objectStorage: new Map(),
    runner: nothingRuns,
    journal: { ended: nothing, printed: nothing, rejected: nothing, flush: nothing, close: async () => {} },
    queue: {
      accept: refuse,
      together: (work) => work(),
      hold: () => nothing,
      cancelled: nothing,
      pending: () => 0,
      start: nothing,
      close: async () => {},
    },
    ...overrides,
    setTime: (time) => {
      clock.freeze(new Date(time));
    },
  };
}

/** Makes a function as `createFunction` does. */
export async function addLocalFunction(
  app: App,
  caller: Caller,
  settings: Partial<NewFunction> = {},
  code?: Partial<ReceivedCode>,
): Promise<void> {
  const received: ReceivedCode = {
    codeType: "inline",
    codeUrl: "",
    filename: "index.js",
    bytes: Buffer.from("exports.handler = async () => 1;\n"),
    ...code,
  };
  await addFunctionOf(app, caller, settings, received);
}

/** Makes a function that runs from a container image. */
export function addLocalImage(app: App, caller: Caller, name: string): Promise<void> {
  const custom_image = { enabled: true, image: "swr.eu-de.otc.t-systems.com/example-org/read-receipt:1.0" };
  const settings = { func_name: name, runtime: "Custom Image", handler: "-", custom_image };
  return addFunctionOf(app, caller, settings, { codeType: "Custom-Image-Swr", codeUrl: "", filename: "" });
}

async function addFunctionOf(
  app: App,
  caller: Caller,
  settings: Partial<NewFunction>,
  code: ReceivedCode,
): Promise<void> {
  const request: NewFunction = {
    func_name: "hello-orders",
    package: "default",
    runtime: "Node.js18.15",
    handler: "index.handler",
    timeout: 30,
    memory_size: 256,
    ...settings,
  };
  const stored = await storeCode(app, code);
  const config = draftConfig(caller, request);
  app.store.write((tx) => addFunction(tx, app, caller, { request, config, code: stored }));
}

/** Publishes what a function is as a version. */
export function addLocalVersion(app: App, caller: Caller, name: string, version: string): void {
  app.store.write((tx) => {
    const record = tx.get(versions, caller.projectId, versionKey("default", name, latest));
    if (record)
      putVersion(tx, caller.projectId, "default", name, {
        ...record,
        version,
        config: { ...record.config, version },
      });
  });
}

export function addLocalAlias(app: App, caller: Caller, name: string, alias: string, version: string): void {
  app.store.write((tx) => {
    tx.put(aliases, caller.projectId, aliasKey("default", name, alias), {
      name: alias,
      version,
      lastModified: startTime,
    });
  });
}

/** The ID of a function, for what is recorded under it. */
export function localFunctionId(app: App, caller: Caller, name: string): string {
  return app.store.read(
    (tx) => tx.get(functions, caller.projectId, functionKey("default", name))?.functionId ?? "",
  );
}

/** Forgets what the areas keep about a function, or about a version or alias of it, as its deletion does. */
export function forgetLocalFunction(app: App, caller: Caller, name: string, qualifier?: string): void {
  app.store.write((tx) => {
    for (const hook of deleteHooks) hook(tx, caller.projectId, "default", name, qualifier);
  });
}
