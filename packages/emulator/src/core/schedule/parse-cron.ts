import { type FieldRule, parseCronField } from "./cron-field.ts";
import { parseEvery } from "./parse-every.ts";
import type { Schedule } from "./schedule.ts";
import { quote, ScheduleFault } from "./schedule-fault.ts";
import { timeZone } from "./time-zone.ts";

const monthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

const rules = {
  seconds: { name: "seconds", min: 0, max: 59 },
  minutes: { name: "minutes", min: 0, max: 59 },
  hours: { name: "hours", min: 0, max: 23 },
  daysOfMonth: { name: "day of the month", min: 1, max: 31, questionMark: true },
  months: { name: "month", min: 1, max: 12, names: monthNames },
  daysOfWeek: { name: "day of the week", min: 0, max: 6, names: dayNames, questionMark: true },
} as const satisfies Record<string, FieldRule>;

const zonePrefix = "CRON_TZ=";

/**
 * Reads `@every <duration>`, or six fields from the seconds on, of which the last may be left out, with `CRON_TZ=<zone> ` before
 * them if need be. Without a zone the fields count in UTC.
 * @throws ScheduleFault naming the field and what is wrong.
 */
export function parseCron(text: string): Schedule {
  const words = text.trim().split(/[ \t]+/);
  const zoneName = words[0]?.startsWith(zonePrefix) ? words[0].slice(zonePrefix.length) : undefined;
  if (zoneName !== undefined) words.shift();
  const zone = timeZone(zoneName ?? "UTC");
  if (!zone) throw new ScheduleFault(`CRON_TZ names no known time zone: ${quote(zoneName ?? "")}`);
  if (words[0] === "@every") {
    if (words.length > 2)
      throw new ScheduleFault(
        `the duration behind @every has no spaces in it, and is ${quote(words.slice(1).join(" "))}`,
      );
    return parseEvery(words[1] ?? "");
  }
  if (words[0]?.startsWith("@")) throw new ScheduleFault(`${quote(words[0])} is not known; only @every is`);
  const [seconds, minutes, hours, daysOfMonth, months, daysOfWeek = "*", ...more] = words;
  if (
    seconds === undefined ||
    minutes === undefined ||
    hours === undefined ||
    daysOfMonth === undefined ||
    months === undefined ||
    more.length > 0
  ) {
    const count = words[0] === "" ? 0 : words.length;
    throw new ScheduleFault(
      `an expression has the fields seconds, minutes, hours, day of the month, month and, if need be, day of the week, and this one has ${count}: ${quote(text)}`,
    );
  }
  return {
    kind: "cron",
    zone,
    seconds: parseCronField(seconds, rules.seconds),
    minutes: parseCronField(minutes, rules.minutes),
    hours: parseCronField(hours, rules.hours),
    daysOfMonth: parseCronField(daysOfMonth, rules.daysOfMonth),
    months: parseCronField(months, rules.months),
    daysOfWeek: parseCronField(daysOfWeek, rules.daysOfWeek),
    memo: { day: Number.NaN, matches: false },
  };
}
