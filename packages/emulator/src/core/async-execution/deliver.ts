import type { Writer } from "../../store/store.ts";
import type { App } from "../app.ts";
import { ServiceError } from "../service-error.ts";
import { deliverToStream } from "./destinations/data-stream.ts";
import { type Deliver, type DestinationPlaces, UndeliverableError } from "./destinations/destination.ts";
import { deliverToTopic } from "./destinations/notification-topic.ts";
import { deliverToObjectStorage } from "./destinations/object-storage.ts";
import { type DeliveryRecord, deliveries } from "./queue-records.ts";

/** What one delivery needs. */
export interface DeliverTools {
  readonly app: Pick<App, "store" | "clock">;
  readonly places: DestinationPlaces;
  /** Accepts an asynchronous request; `also` becomes part of the same transaction. */
  readonly callFunction: (call: FunctionCall, also: (tx: Writer) => void) => void;
}

/** A notification whose target is a function. */
export interface FunctionCall {
  readonly project: string;
  readonly urn: string;
  readonly event: Uint8Array;
  readonly ancestors: readonly string[];
}

const kinds: ReadonlyMap<string, Deliver> = new Map([
  ["OBS", deliverToObjectStorage],
  ["SMN", deliverToTopic],
  ["DIS", deliverToStream],
]);

/** Requests that may have led to one another by notifications; circles of functions end here. */
const mostAncestors = 16;

/**
 * Delivers a notification once.
 * @returns whether it has also been taken out of the store.
 * @throws what `isHopeless` tells apart
 */
export async function deliver(
  { app, places, callFunction }: DeliverTools,
  project: string,
  record: DeliveryRecord,
  signal: AbortSignal,
): Promise<boolean> {
  const { destination = "", param: text = "" } = record.target;
  // The settings take JSON objects only.
  const param = JSON.parse(text) as Readonly<Record<string, unknown>>;
  if (destination !== "FunctionGraph") {
    const send = kinds.get(destination);
    if (!send) {
      throw new UndeliverableError(
        `the emulator has nothing for the kind ${destination}; use OBS, SMN, DIS or FunctionGraph`,
      );
    }
    await send(places, { project, record, param, now: app.clock.now(), signal });
    return false;
  }
  const ancestors = [...record.ancestors, record.requestId];
  if (ancestors.length > mostAncestors) {
    throw new UndeliverableError(
      `${mostAncestors} requests have led to one another by their notifications; do not let functions be each other's target`,
    );
  }
  const call = { project, urn: String(param.func_urn), event: Buffer.from(record.payload), ancestors };
  // Accepted and delivered in one: it cannot be called twice for one notification.
  callFunction(call, (tx) => tx.delete(deliveries, project, record.requestId));
  return true;
}

/** Whether no further attempt can help. */
export function isHopeless(error: unknown): boolean {
  return error instanceof UndeliverableError || (error instanceof ServiceError && error.code !== "FSS.0429");
}

/** What to say about an error; `fetch` only says that it failed, and why in its cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
