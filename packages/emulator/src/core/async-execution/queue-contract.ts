import type { AsyncInvocationRecord } from "./invocation-records.ts";

/** An asynchronous request as it comes in. */
export interface QueuedRequest {
  readonly projectId: string;
  /** In any of the six forms; a version or an alias may be named. */
  readonly urn: string;
  /** The event as JSON. */
  readonly event: Uint8Array;
  readonly requestId: string;
  /** Headers of the HTTP request with names in lower case, for the rules of aliases. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** `X-Cff-Instance-Memory`, in MB. */
  readonly instanceMemoryMb?: number | undefined;
  /** When it comes in, if that is not now: a timer looks ahead while the clock is moved. */
  readonly arrivedAt?: Date;
  /** The most bytes of its event; without it, those of an asynchronous call. */
  readonly mostBytes?: number;
}

/** The durable queue of asynchronous requests. */
export interface AsyncQueue {
  /**
   * Stores a request: when this returns, it will run at least once, whatever becomes of the emulator.
   * @throws ServiceError when the function cannot be found or must not run (checkInvocation).
   */
  accept(request: QueuedRequest): void;
  /**
   * Has all that is accepted during some work stored in one transaction at its end: only then is it sure to run. What cannot run is refused by
   * `accept` all the same.
   */
  together(work: () => void): void;
  /** Begins nothing, and lets nobody wait for too long, until the answer is called: while the clock is moved in several steps. */
  hold(): () => void;
  /** Stops a request that was cancelled, if it waits or runs here. */
  cancelled(projectId: string, record: AsyncInvocationRecord): void;
  /** Requests that wait or run, for health and tests. */
  pending(): number;
  /** Begins to run what waits, also from before a restart. */
  start(): void;
  /** Begins no more; those under way end with the runner and run again after the next start. */
  close(): Promise<void>;
}
