import type { Trigger } from "@functiongraph/types";
import type { TriggerRecord } from "./records.ts";
import { secretFields } from "./secret-fields.ts";

/** A trigger as answers have it: without its passwords and keys. */
export function showTrigger(trigger: TriggerRecord): Trigger {
  const data = Object.fromEntries(Object.entries(trigger.data).filter(([field]) => !secretFields.has(field)));
  // The settings have been checked against the fields of the type, which the compiler cannot know.
  return {
    trigger_id: trigger.id,
    trigger_type_code: trigger.type,
    trigger_status: trigger.status,
    event_data: data,
    last_updated_time: trigger.updatedAt,
    created_time: trigger.createdAt,
  } as Trigger;
}
