import { formatTime } from "../../time.ts";
import type { EventFields } from "../event-fields.ts";
import type { EventData } from "../records.ts";
import type { EventDataContext } from "./context.ts";

/** Settings of an `EVENTGRID` trigger; no document calls any of them mandatory. */
export function readEventGrid(fields: EventFields): EventData {
  return {
    trigger_name: fields.optionalText("trigger_name", { empty: true }),
    channel_id: fields.optionalText("channel_id", { empty: true }),
    channel_name: fields.optionalText("channel_name", { empty: true }),
    source_name: fields.optionalText("source_name", { empty: true }),
    event_types: fields.optionalTexts("event_types"),
    bucket: fields.optionalText("bucket", { empty: true }),
    agency: fields.optionalText("agency", { empty: true }),
    Key_encode: fields.optionalBoolean("Key_encode"),
    status: fields.optionalText("status"),
  };
}

/** The state of the subscription and when it came to be. */
export function completeEventGrid(
  data: EventData,
  { app }: EventDataContext,
  previous: EventData | undefined,
): EventData {
  return {
    ...data,
    status: data.status ?? "ACTIVE",
    created_time: previous?.created_time ?? formatTime(app.clock.now()),
  };
}
