import { civilFromDays, daySeconds, daysFromCivil, daysInMonth, weekday } from "./calendar.ts";
import type { CronSchedule, IntervalSchedule, Schedule } from "./schedule.ts";

/** 29 February is missing for eight years around 2100; nothing else that comes at all stays away that long. */
const searchedMonths = 9 * 12;
/** The last moment that a Date can hold, in seconds. */
const endOfTime = 8_640_000_000_000;

/**
 * The first time of a schedule after a moment; none when it never comes again. Intervals count from the start, which is not part of them; if
 * it lies ahead, as after the clock was set back, they lie before it as well.
 */
export function nextTime(schedule: Schedule, after: Date, start: Date): Date | undefined {
  const next = nextMillisecond(schedule, after.getTime(), start.getTime());
  return next === undefined ? undefined : new Date(next);
}

/** The same in milliseconds since 1970, for those who ask often. */
export function nextMillisecond(schedule: Schedule, after: number, start: number): number | undefined {
  return schedule.kind === "interval" ? nextOfInterval(schedule, after, start) : nextOfCron(schedule, after);
}

/** All times of a schedule after a moment and not after another, in order. */
export function* nextTimes(
  schedule: Schedule,
  after: Date,
  until: Date,
  start: Date = after,
): Generator<Date, void> {
  for (
    let next = nextTime(schedule, after, start);
    next && next <= until;
    next = nextTime(schedule, next, start)
  ) {
    yield next;
  }
}

function nextOfInterval(schedule: IntervalSchedule, after: number, start: number): number | undefined {
  // A start that a clock was set back behind still says where the intervals lie: they go on from where the clock stands.
  const passed = Math.floor((after - start) / schedule.milliseconds);
  const next = start + (passed + 1) * schedule.milliseconds;
  return next > endOfTime * 1000 ? undefined : next;
}

// A time of day that the clocks skip does not come, and one that they show twice comes twice: the fields are held against the
// clock on the wall second by second, only faster.
function nextOfCron(schedule: CronSchedule, after: number): number | undefined {
  let from = Math.floor(after / 1000) + 1;
  while (from < endOfTime) {
    const { offset, end } = schedule.zone.segmentAt(from);
    const local = nextLocal(schedule, from + offset);
    if (local === undefined) return undefined;
    if (local - offset < end) return (local - offset) * 1000;
    from = end;
  }
  return undefined;
}

/** The first second not before the given one whose date and time the fields allow. Seconds since 1970 on the wall. */
function nextLocal(schedule: CronSchedule, from: number): number | undefined {
  const today = Math.floor(from / daySeconds);
  if (isDay(schedule, today)) {
    const time = nextTimeOfDay(schedule, from - today * daySeconds);
    if (time !== undefined) return today * daySeconds + time;
  }
  const day = nextDay(schedule, today + 1);
  const time = nextTimeOfDay(schedule, 0);
  return day === undefined || time === undefined ? undefined : day * daySeconds + time;
}

function nextTimeOfDay(schedule: CronSchedule, from: number): number | undefined {
  const hour = Math.floor(from / 3600);
  const minute = Math.floor(from / 60) - hour * 60;
  const nextHour = schedule.hours.next[hour] ?? -1;
  if (nextHour < 0) return undefined;
  if (nextHour === hour) {
    const nextMinute = schedule.minutes.next[minute] ?? -1;
    if (nextMinute === minute) {
      const second = schedule.seconds.next[from % 60] ?? -1;
      if (second >= 0) return hour * 3600 + minute * 60 + second;
      const later = schedule.minutes.next[minute + 1] ?? -1;
      if (later >= 0) return hour * 3600 + later * 60 + first(schedule.seconds.next);
    } else if (nextMinute >= 0) return hour * 3600 + nextMinute * 60 + first(schedule.seconds.next);
    const laterHour = schedule.hours.next[hour + 1] ?? -1;
    return laterHour < 0 ? undefined : startOfHour(schedule, laterHour);
  }
  return startOfHour(schedule, nextHour);
}

function startOfHour(schedule: CronSchedule, hour: number): number {
  return hour * 3600 + first(schedule.minutes.next) * 60 + first(schedule.seconds.next);
}

// No field is empty, so that its table starts with its first value.
function first(next: Int8Array): number {
  return next[0] ?? 0;
}

function isDay(schedule: CronSchedule, days: number): boolean {
  const { memo } = schedule;
  if (memo.day !== days) {
    const { month, day } = civilFromDays(days);
    memo.day = days;
    memo.matches = schedule.months.next[month] === month && isDayOfMonthOrWeek(schedule, day, weekday(days));
  }
  return memo.matches;
}

// Two chosen day fields add up; one that is left open leaves the choice to the other. So it is in Unix since 1980.
function isDayOfMonthOrWeek(
  { daysOfMonth, daysOfWeek }: CronSchedule,
  day: number,
  dayOfWeek: number,
): boolean {
  const inMonth = daysOfMonth.next[day] === day;
  const inWeek = daysOfWeek.next[dayOfWeek] === dayOfWeek;
  return daysOfMonth.open || daysOfWeek.open ? inMonth && inWeek : inMonth || inWeek;
}

function nextDay(schedule: CronSchedule, from: number): number | undefined {
  let { year, month, day } = civilFromDays(from);
  for (let searched = 0; searched <= searchedMonths; searched++) {
    if (schedule.months.next[month] === month) {
      const start = daysFromCivil(year, month, 1) - 1;
      for (const last = daysInMonth(year, month); day <= last; day++) {
        if (isDayOfMonthOrWeek(schedule, day, weekday(start + day))) return start + day;
      }
    }
    day = 1;
    month = month === 12 ? 1 : month + 1;
    if (month === 1) year++;
  }
  return undefined;
}
