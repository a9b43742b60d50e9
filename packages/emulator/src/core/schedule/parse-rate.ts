import type { IntervalSchedule } from "./schedule.ts";
import { quote, ScheduleFault } from "./schedule-fault.ts";

const units = {
  m: { max: 60, milliseconds: 60_000, name: "minutes" },
  h: { max: 24, milliseconds: 3_600_000, name: "hours" },
  d: { max: 30, milliseconds: 86_400_000, name: "days" },
} as const;

/**
 * Reads `1m` to `60m`, `1h` to `24h` or `1d` to `30d`.
 * @throws ScheduleFault saying what is wrong.
 */
export function parseRate(text: string): IntervalSchedule {
  const match = /^(\d{1,9})([mhd])$/.exec(text);
  if (!match) {
    throw new ScheduleFault(
      `a rate is a whole number and one of m, h and d, such as 5m, and is ${quote(text)}`,
    );
  }
  const unit = units[match[2] as keyof typeof units]; // the expression lets nothing else through
  const count = Number(match[1]);
  if (count < 1 || count > unit.max) {
    throw new ScheduleFault(`a rate in ${unit.name} is from 1 to ${unit.max}, and is ${count}`);
  }
  return { kind: "interval", milliseconds: count * unit.milliseconds };
}
