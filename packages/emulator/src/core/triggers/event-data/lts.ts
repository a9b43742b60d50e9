import type { EventFields } from "../event-fields.ts";
import type { EventData } from "../records.ts";

/** Settings of an `LTS` trigger. */
export function readLts(fields: EventFields): EventData {
  return {
    log_group_id: fields.text("log_group_id"),
    log_topic_id: fields.text("log_topic_id"),
    log_group_name: fields.optionalText("log_group_name", { empty: true }),
    log_topic_name: fields.optionalText("log_topic_name", { empty: true }),
  };
}
