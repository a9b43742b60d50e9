import type { QueuedRequest } from "../../src/core/async-execution/queue-contract.ts";
import { ControlledClock } from "../../src/core/controlled-clock.ts";
import { type WatchedTriggers, watchTriggers } from "../../src/core/firing/watch-triggers.ts";
import type { FunctionRunner, InvocationOutcome } from "../../src/core/invocation/contract.ts";
import { Identity } from "../../src/http/authentication/identity.ts";
import { AddressBook } from "../../src/http/routing/address-book.ts";
import { Router } from "../../src/http/routing/router.ts";
import { hostCheck } from "../../src/http/security/allowed-host.ts";
import type { ServerContext } from "../../src/http/server-context.ts";
import { startServer } from "../../src/http/start-server.ts";
import { createLogger } from "../../src/log/logger.ts";
import { type EmulatorOptions, resolveOptions } from "../../src/options.ts";
import type { FunctionSpec, RuntimeCall } from "../../src/runtime/contract.ts";
import { MemoryStore } from "../../src/store/memory-store.ts";
import type { Store } from "../../src/store/store.ts";
import { type LocalApp, localApp, startTime } from "./local-app.ts";

/** What a function answers in a test: its result, or the code and error object of its failure. */
export type Answer = string | { readonly code: number; readonly payload: string } | Promise<string>;

/** An app whose triggers are watched, whose queue keeps what it accepts, and whose functions are what a test says. */
export interface TriggerApp extends LocalApp, WatchedTriggers {
  readonly store: WatchedTriggers["store"];
  /** That of `accepted`, unless a test sets another. */
  queue: LocalApp["queue"];
  readonly accepted: QueuedRequest[];
  readonly calls: { readonly spec: FunctionSpec; readonly call: RuntimeCall }[];
  /** Set by tests. */
  answer: (spec: FunctionSpec, call: RuntimeCall) => Answer;
}

export function triggerApp(store: Store = new MemoryStore()): TriggerApp {
  const watched = watchTriggers(store);
  const accepted: QueuedRequest[] = [];
  const calls: TriggerApp["calls"] = [];
  const app: TriggerApp = {
    ...localApp({ store: watched.store }),
    ...watched,
    accepted,
    calls,
    answer: () => "null",
  };
  const run: FunctionRunner["run"] = async (spec, call) => {
    calls.push({ spec, call });
    const answer = await app.answer(spec, call);
    const { code, payload } = typeof answer === "string" ? { code: 0, payload: answer } : answer;
    return outcome(spec, call, code, payload);
  };
  return Object.assign(app, {
    runner: { ...app.runner, run },
    queue: { ...app.queue, accept: (request: QueuedRequest) => void accepted.push(request) },
  });
}

function outcome(spec: FunctionSpec, call: RuntimeCall, code: number, payload: string): InvocationOutcome {
  return {
    requestId: call.requestId,
    spec,
    code,
    payload: Buffer.from(payload),
    startedAt: new Date(startTime),
    duration: 1,
    billed: 1,
    memoryUsedMb: 1,
    log: "",
    cold: false,
  };
}

/** A real server in front of an app. */
export interface TriggerServer {
  readonly url: string;
  readonly token: string;
  close(): Promise<void>;
}

export async function triggerServer(
  app: TriggerApp,
  options: Pick<EmulatorOptions, "authentication" | "timeouts"> = {},
): Promise<TriggerServer> {
  const settings = resolveOptions({ ...options, logLevel: "silent" });
  const identity = new Identity(settings.users, settings.projects, app.clock);
  const clock = new ControlledClock();
  let requests = 0;
  const context: Omit<ServerContext, "journal"> = {
    app,
    identity,
    authentication: { mode: settings.authentication, identity, clock: app.clock, clockSkew: 900_000 },
    // No operation is called.
    handlers: {} as ServerContext["handlers"],
    addresses: new AddressBook(new Router([])),
    settings: {
      strict: false,
      validateResponses: false,
      origins: [],
      allowsHost: hostCheck([]),
      maxHeaders: 100,
      patience: settings.timeouts,
      headersTimeout: 10_000,
    },
    logger: createLogger({
      level: "silent",
      pretty: false,
      write: () => undefined,
      now: () => new Date(),
      secrets: [],
    }),
    control: {
      clock,
      health: async () => ({}),
      reset: () => undefined,
      snapshot: async function* () {},
      restore: async () => ({ documents: 0, packages: 0 }),
    },
    newRequestId: () => (requests++).toString(16).padStart(32, "0"),
    triggers: app.triggers,
    violations: [],
  };
  // Nothing that is asked here reads the journal.
  const server = await startServer(0, "127.0.0.1", context as ServerContext);
  const [user] = settings.users;
  const [project] = settings.projects;
  if (!user || !project) throw new Error("There is a user and a project by default.");
  return {
    url: `http://127.0.0.1:${server.port}`,
    token: identity.issue(user, project.id).token,
    close: () => server.close(0),
  };
}
