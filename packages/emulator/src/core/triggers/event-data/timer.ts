import { parseSchedule } from "../../schedule/parse-schedule.ts";
import { ScheduleFault } from "../../schedule/schedule-fault.ts";
import type { EventFields } from "../event-fields.ts";
import type { EventData } from "../records.ts";

/** Settings of a `TIMER` trigger; a schedule that cannot be read is refused. */
export function readTimer(fields: EventFields): EventData {
  const type = fields.text("schedule_type", { oneOf: ["Rate", "Cron"] });
  const schedule = fields.text("schedule");
  try {
    parseSchedule(type, schedule);
  } catch (error) {
    if (error instanceof ScheduleFault) throw fields.refuse("schedule", `cannot be read: ${error.message}`);
    throw error;
  }
  return {
    name: fields.optionalText("name", { max: 64 }),
    schedule_type: type,
    schedule,
    user_event: fields.optionalText("user_event", { empty: true }),
    sync_execution: fields.optionalBoolean("sync_execution"),
  };
}
