import { timerEvent } from "../../events/timer.ts";
import { mostEventBytes } from "../../functions/check-invocation.ts";
import { parseSchedule } from "../../schedule/parse-schedule.ts";
import { ScheduleFault } from "../../schedule/schedule-fault.ts";
import type { EventFields } from "../event-fields.ts";
import type { EventData } from "../records.ts";
import type { EventDataContext } from "./context.ts";

/** Settings of a `TIMER` trigger; a schedule that cannot be read is refused, and so is a text that no event can hold. */
export function readTimer(fields: EventFields, { id }: Pick<EventDataContext, "id">): EventData {
  const type = fields.text("schedule_type", { oneOf: ["Rate", "Cron"] });
  const schedule = fields.text("schedule");
  try {
    parseSchedule(type, schedule);
  } catch (error) {
    if (error instanceof ScheduleFault) throw fields.refuse("schedule", `cannot be read: ${error.message}`);
    throw error;
  }
  const data = {
    name: fields.optionalText("name", { max: 64 }),
    schedule_type: type,
    schedule,
    user_event: fields.optionalText("user_event", { empty: true }),
    sync_execution: fields.optionalBoolean("sync_execution"),
  };
  const most = mostEventBytes[data.sync_execution ? "synchronous" : "asynchronous"];
  const bytes = Buffer.byteLength(JSON.stringify(timerEvent({ id, data }, new Date(0))));
  if (bytes > most)
    throw fields.refuse("user_event", `makes events of ${bytes} bytes, of which a call takes ${most}`);
  return data;
}
