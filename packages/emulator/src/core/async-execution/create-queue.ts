import type { LogFields } from "../../log/logger.ts";
import type { Writer } from "../../store/store.ts";
import type { App } from "../app.ts";
import { checkInvocation } from "../functions/check-invocation.ts";
import type { InvocationInput, InvocationOutcome } from "../invocation/contract.ts";
import { ServiceError } from "../service-error.ts";
import { Agenda } from "./agenda.ts";
import { DeliveryRunner } from "./delivery-runner.ts";
import type { DestinationPlaces } from "./destinations/destination.ts";
import type { AsyncQueue, QueuedRequest } from "./queue-contract.ts";
import { RequestRunner } from "./request-runner.ts";
import { type StoredRequest, storeRequests } from "./store-request.ts";

/** How asynchronous requests are run. */
export interface AsyncQueueOptions {
  readonly invoke: (input: InvocationInput) => Promise<InvocationOutcome>;
  readonly destinations: DestinationPlaces;
  /** Tries errors of functions again like those of the service. Default: no, as the newest document says. */
  readonly userErrorRetries?: boolean;
  /** Pause after the first attempt, and by what it grows with each further one. Default: one second, twice as long each time. */
  readonly retrySeconds?: { readonly first: number; readonly factor: number };
  /** Requests that run at once, of all functions together. Default: 16. */
  readonly concurrency?: number;
  readonly log: (text: string, fields: LogFields) => void;
}

/** A queue whose requests and notifications lie in the app's store. */
export interface StoredAsyncQueue extends AsyncQueue {
  /** Looks at the store again; to be called whenever the whole state was replaced. */
  reload(): void;
  /** A function was deleted: ends the calls of its requests, which are gone. @param key of the function, as `functionKey` makes it */
  deleted(project: string, key: string): void;
  /** Resolves when nothing runs, is about to, or is being delivered. What waits for a time, or for its function, may be left. */
  idle(): Promise<void>;
}

/** Makes the queue. It stores from the first moment and runs nothing before `start`. */
export function createAsyncQueue(app: App, options: AsyncQueueOptions): StoredAsyncQueue {
  const { invoke, destinations: places, log, userErrorRetries = false, concurrency = 16 } = options;
  const { first, factor } = options.retrySeconds ?? { first: 1, factor: 2 };
  const pause = (attempts: number): number => Math.round(first * 1000 * factor ** (attempts - 1));
  const agenda = new Agenda(app.clock);
  let idlers: (() => void)[] = [];
  let sequence: number | undefined;
  /** What is accepted while `together` works. */
  let gathered: QueuedRequest[] | undefined;
  let closed = false;

  const changed = (): void => {
    if (requests.active + delivering.active > 0) return;
    const resolved = idlers;
    idlers = [];
    for (const resolve of resolved) resolve();
  };
  const finished = (project: string, requestId: string): void => {
    if (closed) return;
    try {
      delivering.add(project, requestId);
    } catch (error) {
      log("A notification could not be looked after; the next start does.", {
        request: requestId,
        reason: String(error),
      });
    }
  };
  const requests: RequestRunner = new RequestRunner({
    app,
    agenda,
    invoke,
    userErrorRetries,
    pause,
    concurrency,
    log,
    finished,
    changed,
  });
  const delivering: DeliveryRunner = new DeliveryRunner({
    app,
    agenda,
    places,
    pause,
    log,
    changed,
    callFunction: ({ project, urn, event, ancestors }, also) => {
      // Of any size: what is in it was within the limits.
      checkInvocation(app, project, { urn, eventBytes: 0, asynchronous: true });
      put([{ projectId: project, urn, event, requestId: app.rng.uuid() }], ancestors, also);
    },
  });

  const load = (): number => {
    sequence ??= requests.reload();
    return sequence;
  };
  const put = (
    all: readonly QueuedRequest[],
    ancestors: readonly string[],
    also?: (tx: Writer) => void,
  ): void => {
    const last = load();
    const stored: StoredRequest[] = all.map((request, index) => ({
      request,
      sequence: last + 1 + index,
      ancestors,
    }));
    const records = app.store.write((tx) => {
      also?.(tx);
      return storeRequests(tx, app, stored);
    });
    sequence = last + all.length;
    if (closed) return;
    for (const [index, record] of records.entries()) requests.add(all[index]?.projectId ?? "", record);
  };

  return {
    accept: (request) => {
      const { projectId, urn, event, instanceMemoryMb: instanceMemory, mostBytes } = request;
      if (mostBytes !== undefined && event.byteLength > mostBytes)
        throw new ServiceError(
          "FSS.1201",
          `The request body is too large. The event must have at most ${mostBytes} bytes and has ${event.byteLength}.`,
        );
      const eventBytes = mostBytes === undefined ? event.byteLength : 0;
      checkInvocation(app, projectId, { urn, eventBytes, asynchronous: true, instanceMemory });
      if (gathered) gathered.push(request);
      else put([request], []);
    },
    together: (work) => {
      if (gathered) return work();
      const all: QueuedRequest[] = [];
      gathered = all;
      try {
        work();
      } finally {
        gathered = undefined;
        if (all.length > 0) put(all, []);
      }
    },
    hold: () => requests.hold(),
    cancelled: (project, { requestId }) => {
      requests.drop(project, requestId);
      finished(project, requestId);
    },
    pending: () => {
      load();
      return requests.pending;
    },
    start: () => {
      // Again, if it was looked at before: ages that ended meanwhile are noticed.
      sequence = Math.max(sequence ?? 0, requests.reload());
      requests.start();
      delivering.reload();
      delivering.start();
    },
    reload: () => {
      sequence = requests.reload();
      delivering.reload();
    },
    deleted: (project, key) => requests.dropDeleted(project, `${key}:`),
    idle: () =>
      new Promise((resolve) => {
        idlers.push(resolve);
        changed();
      }),
    close: async () => {
      closed = true;
      requests.close();
      agenda.clear();
      await delivering.close();
    },
  };
}
