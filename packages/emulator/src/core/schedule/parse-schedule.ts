import { parseCron } from "./parse-cron.ts";
import { parseRate } from "./parse-rate.ts";
import type { Schedule } from "./schedule.ts";
import { quote, ScheduleFault } from "./schedule-fault.ts";

/**
 * Reads the schedule of a timer in the language that its `schedule_type` names.
 * @throws ScheduleFault saying which field is wrong and why.
 */
export function parseSchedule(type: string, text: string): Schedule {
  if (type === "Rate") return parseRate(text);
  if (type === "Cron") return parseCron(text);
  throw new ScheduleFault(`the type of a schedule is Rate or Cron, and is ${quote(type)}`);
}
