import type { FuncAsyncDestinationConfig, FuncDestinationConfig } from "@functiongraph/types";
import { type Collection, collection, type Reader, type Writer } from "../../store/store.ts";

/**
 * An asynchronous request that has not ended: what the queue must know to run it, without the request's headers, which may hold secrets and
 * have done their part once the version is chosen. Stored under `queueKey`; it vanishes in the transaction that records
 * the end, so that nothing that has ended can run again.
 */
export interface QueuedRecord {
  readonly requestId: string;
  readonly package: string;
  readonly name: string;
  /** The version that was chosen on arrival. */
  readonly version: string;
  /** Name of the alias through which it was chosen. */
  readonly alias?: string;
  /** Place in the order of arrival, over all projects. */
  readonly sequence: number;
  /** Milliseconds since 1970. */
  readonly arrivedAt: number;
  /** The event, if it is small. */
  readonly event?: EventRecord;
  readonly instanceMemoryMb?: number;
  /** When it is given up, in milliseconds since 1970, and the seconds that led there. */
  readonly deadline: number;
  readonly maxAge: number;
  readonly maxRetries: number;
  readonly destinations?: FuncAsyncDestinationConfig;
  /** Requests whose notifications led to this one, the first one first. */
  readonly ancestors: readonly string[];
  /** Attempts that have ended. */
  readonly attempts: number;
  /** Not before this time: the pause after a failed attempt. Milliseconds since 1970. */
  readonly notBefore?: number;
  /** What the last attempt, or the last refusal to start one, said. */
  readonly last?: { readonly code: number; readonly message: string };
}

/** The event of a request that has not ended. A large one is stored apart under `queueKey`, so that a change of state rewrites little. */
export type EventRecord = { readonly text: string } | { readonly base64: string };

/** A notification that has not arrived yet. Stored under the request that it is about. */
export interface DeliveryRecord {
  readonly requestId: string;
  readonly package: string;
  readonly name: string;
  readonly version: string;
  readonly target: FuncDestinationConfig;
  /** The notification as JSON. */
  readonly payload: string;
  readonly ancestors: readonly string[];
  readonly attempts: number;
  /** Milliseconds since 1970. */
  readonly notBefore?: number;
}

export const queuedRequests: Collection<QueuedRecord> = collection("async-queue");
export const queuedEvents: Collection<EventRecord> = collection("async-queue-event");
export const deliveries: Collection<DeliveryRecord> = collection("async-delivery");
/** The projects that ever had a request, in the space of no project: nothing else says where to look after a restart. */
const queueProjects: Collection<true> = collection("async-queue-project");

/** A request of the queue with the key that it is stored under. */
export interface QueuedPlace {
  readonly key: string;
  readonly record: QueuedRecord;
}

/** The sequence alone gives the order: a clock that was set back does not change it. */
export const queueKey = (pkg: string, name: string, sequence: number): string =>
  `${pkg}:${name}:${String(sequence).padStart(16, "0")}`;

/** Bytes up to which an event lies in the record of its request: one document less to write and to remove. */
const mostWithin = 1024;

/** Notes that a project has requests; to be called before the first one of a transaction. */
export function openQueue(tx: Writer, project: string): void {
  if (!tx.get(queueProjects, "", project)) tx.put(queueProjects, "", project, true);
}

/** Puts a request with its event into the queue of a project that has been opened. */
export function putQueued(tx: Writer, project: string, record: QueuedRecord, event: Uint8Array): void {
  const key = queueKey(record.package, record.name, record.sequence);
  const small = event.byteLength <= mostWithin;
  tx.put(queuedRequests, project, key, small ? { ...record, event: toRecord(event) } : record);
  if (!small) tx.put(queuedEvents, project, key, toRecord(event));
}

/** Takes a request with its event out of the queue. */
export function deleteQueued(tx: Writer, project: string, { key, record }: QueuedPlace): void {
  tx.delete(queuedRequests, project, key);
  if (!record.event) tx.delete(queuedEvents, project, key);
}

/** Projects that may have something in the queue. */
export function projectsOfQueue(tx: Reader): string[] {
  return tx.list(queueProjects, "").map(({ id }) => id);
}

/** The event of a request, byte by byte as it came. */
export function readEvent(tx: Reader, project: string, { key, record }: QueuedPlace): Buffer | undefined {
  const event = record.event ?? tx.get(queuedEvents, project, key);
  if (!event) return undefined;
  return "text" in event ? Buffer.from(event.text) : Buffer.from(event.base64, "base64");
}

const exactly = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function toRecord(event: Uint8Array): EventRecord {
  try {
    return { text: exactly.decode(event) };
  } catch {
    return { base64: Buffer.from(event).toString("base64") };
  }
}
