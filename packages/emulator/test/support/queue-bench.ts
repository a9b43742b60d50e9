import { cancelAsyncInvocation } from "../../src/api/async-execution.ts";
import { setAsyncConfig } from "../../src/core/async-execution/async-config.ts";
import {
  type AsyncQueueOptions,
  createAsyncQueue,
  type StoredAsyncQueue,
} from "../../src/core/async-execution/create-queue.ts";
import { findAsyncInvocation } from "../../src/core/async-execution/find-invocation.ts";
import type { AsyncInvocationRecord } from "../../src/core/async-execution/invocation-records.ts";
import type { QueuedRequest } from "../../src/core/async-execution/queue-contract.ts";
import { queuedEvents, queuedRequests } from "../../src/core/async-execution/queue-records.ts";
import type { ControlledClock } from "../../src/core/controlled-clock.ts";
import { ServiceError } from "../../src/core/service-error.ts";
import { AsyncCalls } from "./async-calls.ts";
import { ada, addLocalFunction, type LocalApp, localApp } from "./local-app.ts";
import { perform } from "./perform.ts";

/** The function whose requests the queue has, without a version. */
export const base: string = `urn:fss:eu-de:${ada.projectId}:function:default:hello-orders`;
/** What a call is refused with while there is no room. */
export const full: ServiceError = new ServiceError(
  "FSS.0429",
  "Your request has been controlled by overload sdk, please retry later",
);
/** A failure of the service, in the runtime's table. */
export const broken = 161900;

export let app: LocalApp;
export let clock: ControlledClock;
export let calls: AsyncCalls;
export let queue: StoredAsyncQueue;
export let logged: string[];

export function newQueue(options: Partial<AsyncQueueOptions> = {}): StoredAsyncQueue {
  calls = new AsyncCalls(() => app.clock.now());
  const made = createAsyncQueue(app, {
    invoke: calls.invoke,
    destinations: {},
    log: (text, { reason }) => logged.push(`${text} ${reason}`),
    ...options,
  });
  queue = made;
  return made;
}

export const accept = (requestId: string, change: Partial<QueuedRequest> = {}): void =>
  queue.accept({
    projectId: ada.projectId,
    urn: "hello-orders",
    event: Buffer.from(JSON.stringify({ name: requestId })),
    requestId,
    ...change,
  });

export function settings(
  change: { maxAge?: number; maxRetries?: number },
  urn = "hello-orders",
  caller: typeof ada = ada,
): void {
  setAsyncConfig(app, caller, urn, { maxAge: 3600, maxRetries: 1, statusLog: true, ...change });
}

export const stateOf = (
  requestId: string,
  project: string = ada.projectId,
): AsyncInvocationRecord | undefined =>
  app.store.read((tx) => findAsyncInvocation(tx, project, requestId)?.record);
export const statusOf = (requestId: string): string | undefined => stateOf(requestId)?.status;
export const documentsLeft = (): number =>
  app.store.read((tx) => tx.count(queuedRequests, ada.projectId) + tx.count(queuedEvents, ada.projectId));
export const cancel = (
  request_id: string,
  type?: "force" | "recursive",
): ReturnType<typeof perform<"cancelAsyncInvocation">> =>
  perform({ ...app, queue }, ada, "cancelAsyncInvocation", cancelAsyncInvocation, {
    path: { function_urn: "hello-orders" },
    body: { request_id, ...(type && { type }) },
  });

/** Lets everything happen that is due now. */
export const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** Makes an app with one function and a queue that runs; what the other exports are changes with it. */
export async function freshQueue(): Promise<void> {
  app = localApp();
  // It is one, behind the type of the app.
  clock = app.clock as ControlledClock;
  logged = [];
  await addLocalFunction(app, ada);
  settings({});
  newQueue().start();
}
