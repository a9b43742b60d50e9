import { describe, type EventFields } from "../event-fields.ts";
import type { EventData } from "../records.ts";
import type { EventDataContext } from "./context.ts";
import { obsEvents } from "./obs-event.ts";

/** Settings of an `OBS` trigger: no event may be unknown or contained in another one. */
export function readObs(fields: EventFields): EventData {
  const events = fields.texts("events");
  const covered = new Map<string, string>();
  for (const event of events) {
    const parts = obsEvents(event);
    if (!parts)
      throw fields.refuse("events", `has the unknown event ${describe(event)}; one is s3:ObjectCreated:*`);
    for (const part of parts) {
      const other = covered.get(part);
      if (other !== undefined)
        throw fields.refuse("events", `has ${describe(event)}, which overlaps with ${describe(other)}`);
      covered.set(part, event);
    }
  }
  return {
    name: fields.optionalText("name", { max: 64 }),
    bucket: fields.text("bucket"),
    events,
    prefix: fields.optionalText("prefix", { max: 1024, empty: true }),
    suffix: fields.optionalText("suffix", { max: 1024, empty: true }),
  };
}

/** The notification of the bucket is called like the trigger unless it has a name of its own. */
export function completeObs(data: EventData, { id }: EventDataContext): EventData {
  return { ...data, name: data.name ?? id };
}
