import { type DescriptionFields, descriptionFields } from "../../core/events/description-fields.ts";
import type { Scene } from "../../core/events/event-kind.ts";
import { eventKinds } from "../../core/events/event-kinds.ts";
import { ServiceError } from "../../core/service-error.ts";
import { isKnownType, type KnownTriggerType } from "../../core/triggers/trigger-rules.ts";

/** A type of events as `GET /_emulator/events` lists it. */
export interface ListedEventType {
  readonly type: string;
  /** Where to send a description. */
  readonly path: string;
  /** A description that is complete. */
  readonly example: Readonly<Record<string, unknown>>;
}

/** A type of events with all that a description may say. */
export interface DescribedEventType extends ListedEventType {
  /** The fields of a description by name. */
  readonly fields: Readonly<Record<string, { readonly required: boolean; readonly description: string }>>;
  /** The documented event that the example makes. */
  readonly event: unknown;
}

/** The types of events that there are. */
export function listEventTypes(): ListedEventType[] {
  // The keys of the table are the types.
  return (Object.keys(eventKinds) as KnownTriggerType[]).map(listed);
}

/**
 * Tells what a description of a type may say, and shows an example with the event that it makes.
 * @param written the type; capitals do not matter
 * @throws ServiceError FSS.0400 that names the types there are
 */
export function describeEventType(written: string, scene: Omit<Scene, "newId">): DescribedEventType {
  const type = written.toUpperCase();
  if (!isKnownType(type)) {
    const known = Object.keys(eventKinds).join(", ");
    throw new ServiceError(
      "FSS.0400",
      `Invalid parameter. There is no trigger type ${JSON.stringify(type.slice(0, 64))}; known are ${known}.`,
    );
  }
  const kind = eventKinds[type];
  // An ID that nobody takes for a real one, and that uses up none of the repeatable choices.
  const shown: Scene = { ...scene, newId: () => "0".repeat(32) };
  const told = new Map<string, string>();
  const occurrence = kind.read(noting(descriptionFields(type, kind.example), told), shown);
  const isRequired = (field: string): boolean => {
    const { [field]: _, ...others } = kind.example;
    try {
      kind.read(descriptionFields(type, others), shown);
      return false;
    } catch {
      return true;
    }
  };
  told.set("project", "the ID of the project; the first one without it");
  return {
    ...listed(type),
    fields: Object.fromEntries(
      [...told].map(([field, description]) => [field, { required: isRequired(field), description }]),
    ),
    event: occurrence.eventFor({ urn: "", requestId: shown.newId() }),
  };
}

function listed(type: KnownTriggerType): ListedEventType {
  return { type, path: `/_emulator/events/${type}`, example: eventKinds[type].example };
}

/** The same fields, which note what is said of each that is asked for. */
function noting(fields: DescriptionFields, told: Map<string, string>): DescriptionFields {
  const noted =
    <T>(read: (field: string, what: string) => T) =>
    (field: string, what: string): T => {
      told.set(field, what);
      return read(field, what);
    };
  return {
    text: noted(fields.text),
    optionalText: noted(fields.optionalText),
    optionalInteger: noted(fields.optionalInteger),
    optionalFlag: noted(fields.optionalFlag),
    object: noted(fields.object),
    list: noted(fields.list),
    texts: noted(fields.texts),
    value: (field) => noted(fields.value)(field, "a text, or anything else, which becomes JSON"),
    refuse: fields.refuse,
  };
}
