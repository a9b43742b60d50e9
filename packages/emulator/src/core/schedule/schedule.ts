import type { FieldValues } from "./cron-field.ts";
import type { TimeZone } from "./time-zone.ts";

/** A schedule that has been read: a fixed interval, or the fields of a Cron expression. */
export type Schedule = IntervalSchedule | CronSchedule;

/** Runs again and again after so much time, from a start that is not part of the schedule. */
export interface IntervalSchedule {
  readonly kind: "interval";
  readonly milliseconds: number;
}

/** Runs whenever the clock on the wall of the zone shows what the fields say. */
export interface CronSchedule {
  readonly kind: "cron";
  readonly zone: TimeZone;
  readonly seconds: FieldValues;
  readonly minutes: FieldValues;
  readonly hours: FieldValues;
  readonly daysOfMonth: FieldValues;
  readonly months: FieldValues;
  readonly daysOfWeek: FieldValues;
  /** The day that was looked at last, counted from 1970: frequent timers ask for the same one again and again. */
  readonly memo: { day: number; matches: boolean };
}
