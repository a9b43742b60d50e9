import { type Collection, collection, type Writer } from "../../store/store.ts";

/** What becomes of an asynchronous request. */
export type AsyncStatus = "WAIT" | "RUNNING" | "SUCCESS" | "FAIL" | "DISCARD";

/** An asynchronous request as it arrives. */
export interface AsyncRequest {
  readonly requestId: string;
  readonly package: string;
  readonly name: string;
  /** The version that will run, after aliases and weights. */
  readonly version: string;
  readonly arrivedAt: Date;
  /** Place in the order of arrival. */
  readonly sequence: number;
  /** Whether lists show it: what `enable_async_status_log` said on arrival. */
  readonly listed: boolean;
}

/** What leads to the record of a request. */
export interface ArrivedRequest extends Pick<AsyncRequest, "requestId" | "package" | "name" | "sequence"> {
  /** Milliseconds since 1970. */
  readonly arrivedAt: number;
}

/** Record of one asynchronous request. Stored under function, time, sequence and request, so that lists follow the time and the order of arrival. */
export interface AsyncInvocationRecord {
  readonly requestId: string;
  readonly version: string;
  readonly listed: boolean;
  readonly status: AsyncStatus;
  /** Number of the runtime's table; 0 without an error. */
  readonly errorCode: number;
  readonly errorMessage: string;
  /** Milliseconds since 1970; the end is absent as long as the request has not ended. */
  readonly startTime: number;
  readonly endTime?: number;
  /** How it was cancelled, for whoever runs it; absent when it was not. */
  readonly cancelled?: "force" | "recursive" | "unspecified";
}

/** A later state of a request. */
export type AsyncChange = Pick<AsyncInvocationRecord, "status"> &
  Partial<Pick<AsyncInvocationRecord, "errorCode" | "errorMessage" | "cancelled">>;

export const asyncInvocations: Collection<AsyncInvocationRecord> = collection("async-invocation");
/**
 * Key of the record of a request that has ended, under the request's ID. What has not ended is found by its place in the queue: IDs lie in no
 * order, so that such an index costs more than all else about a request, and most when many arrive together.
 */
export const asyncInvocationKeys: Collection<{ readonly key: string }> = collection("async-invocation-key");

export const asyncInvocationPrefix = (pkg: string, name: string): string => `${pkg}:${name}:`;

/** Key of the record of a request, in the order of the requests' arrival; many may come within a millisecond, or while the clock stands. */
export function asyncInvocationKey(request: ArrivedRequest): string {
  const { package: pkg, name, arrivedAt, sequence, requestId } = request;
  const time = String(Math.max(0, arrivedAt)).padStart(15, "0");
  return `${asyncInvocationPrefix(pkg, name)}${time}:${String(sequence).padStart(16, "0")}:${requestId}`;
}

/** Records of requests that have ended are kept for three days. */
const keptMilliseconds = 3 * 86_400_000;
/** Each new record takes a few of those that are too old along. */
const clearedAtOnce = 4;

/**
 * Records a request that has arrived and now waits.
 * @param clears how many records of the function come together, of which this one clears up.
 * @returns the key of the record.
 */
export function recordAsyncRequest(tx: Writer, project: string, request: AsyncRequest, clears = 1): string {
  const { requestId, version, listed } = request;
  const startTime = request.arrivedAt.getTime();
  const prefix = asyncInvocationPrefix(request.package, request.name);
  for (let times = 0; times < clears && clearOld(tx, project, prefix, startTime); times += 1);
  const record: AsyncInvocationRecord = {
    requestId,
    version,
    listed,
    status: "WAIT",
    errorCode: 0,
    errorMessage: "",
    startTime,
  };
  const key = asyncInvocationKey({ ...request, arrivedAt: startTime });
  tx.put(asyncInvocations, project, key, record);
  return key;
}

/**
 * Records a later state of a request, by the key of its record. A request that has ended stays as it is, so that one that was cancelled does not succeed later.
 * @returns the record as it now is; undefined when there is none.
 */
export function recordAsyncStatus(
  tx: Writer,
  project: string,
  key: string,
  change: AsyncChange,
  at: Date,
): AsyncInvocationRecord | undefined {
  const before = tx.get(asyncInvocations, project, key);
  if (!before || hasEnded(before)) return before;
  const ended = hasEnded(change);
  const record = { ...before, ...change, ...(ended && { endTime: at.getTime() }) };
  tx.put(asyncInvocations, project, key, record);
  if (ended) tx.put(asyncInvocationKeys, project, record.requestId, { key });
  return record;
}

export function hasEnded({ status }: Pick<AsyncInvocationRecord, "status">): boolean {
  return status !== "WAIT" && status !== "RUNNING";
}

/** @returns whether all that it looked at were too old, so that there may be more of them. */
function clearOld(tx: Writer, project: string, prefix: string, now: number): boolean {
  const oldest = tx.list(asyncInvocations, project, { prefix, limit: clearedAtOnce });
  const old = oldest.filter(({ value }) => hasEnded(value) && value.startTime < now - keptMilliseconds);
  for (const { id, value } of old) {
    tx.delete(asyncInvocations, project, id);
    tx.delete(asyncInvocationKeys, project, value.requestId);
  }
  return old.length === clearedAtOnce;
}
