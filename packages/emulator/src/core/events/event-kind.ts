import type { Json } from "../../store/store.ts";
import type { TriggerRecord } from "../triggers/records.ts";
import type { DescriptionFields } from "./description-fields.ts";

/** Where and when something happened. */
export interface Scene {
  readonly region: string;
  readonly project: string;
  /** ID of the account. */
  readonly domain: string;
  readonly now: Date;
  /** 32 hexadecimal digits, new ones each time. */
  readonly newId: () => string;
}

/** Whom an event is for. */
export interface EventTarget {
  /** Absent when the event is only shown, as no trigger waits for it. */
  readonly trigger?: TriggerRecord;
  /** URN of the version or alias that gets the event; empty when the event is only shown. */
  readonly urn: string;
  readonly requestId: string;
}

/** Something that happened, as a description tells it. */
export interface Occurrence {
  /** Whether an active trigger of the type is set up for it. */
  concerns(trigger: TriggerRecord): boolean;
  /** Which of the triggers that it concerns it reaches, where that is not all of them. */
  reaches?(concerned: readonly TriggerRecord[]): readonly TriggerRecord[];
  /** The most bytes of its event, where the source hands over more than an asynchronous call may have. */
  readonly mostBytes?: number;
  /** The documented event as the function of a target gets it. */
  eventFor(target: EventTarget): unknown;
}

/** How the events of one type of triggers are made. */
export interface EventKind {
  /** A description that is complete. */
  readonly example: Readonly<Record<string, Json>>;
  /** @throws ServiceError FSS.0400 naming the field that is missing or wrong. */
  read(fields: DescriptionFields, scene: Scene): Occurrence;
}

/** Whether a setting of a trigger lets a value through: a trigger without the setting takes all, and so does a description without the value. */
export function admits(setting: Json | undefined, value: string | undefined): boolean {
  return setting === undefined || setting === "" || value === undefined || setting === value;
}

/** The texts in a setting that is a list. */
export function textsOf(setting: Json | undefined): readonly string[] {
  return Array.isArray(setting) ? setting.filter((entry: unknown) => typeof entry === "string") : [];
}
