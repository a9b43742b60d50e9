import type { DeliveryRecord } from "../queue-records.ts";

/** Where notifications to other services lead on this machine. */
export interface DestinationPlaces {
  /**
   * For OBS: a folder that has a folder for each bucket, or bucket → folder or base address on this machine. Keys may also be the addresses of
   * buckets, such as `https://my-bucket.obs.eu-de.otc.t-systems.com/`, as in the emulator's object storage.
   */
  readonly objectStorage?: string | ReadonlyMap<string, string>;
  /** For SMN: base address on this machine. */
  readonly notifications?: string;
  /** For DIS: base address on this machine. */
  readonly streams?: string;
}

/** One notification to deliver. */
export interface Delivery {
  readonly project: string;
  readonly record: DeliveryRecord;
  /** `param` of the target, parsed. */
  readonly param: Readonly<Record<string, unknown>>;
  readonly now: Date;
  /** Ends what is under way. */
  readonly signal: AbortSignal;
}

/** A delivery that no further attempt can save; the message says why and what to do. */
export class UndeliverableError extends Error {
  override readonly name = "UndeliverableError";
}

/** Delivers to one kind of target. @throws UndeliverableError, or anything else when another attempt may help. */
export type Deliver = (places: DestinationPlaces, delivery: Delivery) => Promise<void>;
