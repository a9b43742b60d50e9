import { describe, expect, it } from "vitest";
import { nextMillisecond, nextTime, nextTimes } from "./next-time.ts";
import { parseSchedule } from "./parse-schedule.ts";

const from = (text: string): Date => new Date(text);
const times = (expression: string, after: string, count: number): string[] => {
  const schedule = parseSchedule("Cron", expression);
  const found: string[] = [];
  for (const time of nextTimes(schedule, from(after), from("2200-01-01T00:00:00Z"))) {
    found.push(time.toISOString().replace(".000", ""));
    if (found.length === count) break;
  }
  return found;
};

describe("an interval", () => {
  const start = from("2026-03-02T10:00:00.250Z");
  const schedule = parseSchedule("Rate", "5m");

  it.each([
    {
      after: "2026-03-02T10:00:00.250Z",
      want: "2026-03-02T10:05:00.250Z",
      why: "one interval after the start",
    },
    { after: "2026-03-02T10:05:00.249Z", want: "2026-03-02T10:05:00.250Z", why: "a moment before it" },
    { after: "2026-03-02T10:05:00.250Z", want: "2026-03-02T10:10:00.250Z", why: "at it, the next one" },
    {
      after: "2026-03-03T10:02:00.000Z",
      want: "2026-03-03T10:05:00.250Z",
      why: "a day later, in step with the start",
    },
    {
      after: "2026-03-01T00:00:00.000Z",
      want: "2026-03-01T00:00:00.250Z",
      why: "before the start, as after the clock was set back, in step with it",
    },
  ])("comes $why", ({ after, want }) => {
    expect(nextTime(schedule, from(after), start)?.toISOString()).toBe(want);
  });
});

describe("a Cron expression", () => {
  it.each([
    {
      given: "0 15 2 * * ?",
      after: "2026-03-02T02:15:00Z",
      want: ["2026-03-03T02:15:00Z", "2026-03-04T02:15:00Z"],
      why: "each day",
    },
    {
      given: "0 15 2 * *",
      after: "2026-03-02T02:14:59.999Z",
      want: ["2026-03-02T02:15:00Z"],
      why: "a millisecond before",
    },
    {
      given: "30/10 59 23 31 12 ?",
      after: "2026-03-02T00:00:00Z",
      want: ["2026-12-31T23:59:30Z", "2026-12-31T23:59:40Z", "2026-12-31T23:59:50Z", "2027-12-31T23:59:30Z"],
      why: "a step from a value to the end",
    },
    {
      given: "0 0 9-17/4 ? * MON-FRI",
      after: "2026-03-06T13:00:00Z",
      want: ["2026-03-06T17:00:00Z", "2026-03-09T09:00:00Z"],
      why: "a step in a range, over the weekend",
    },
    {
      given: "0 0 0 29 FEB ?",
      after: "2026-03-02T00:00:00Z",
      want: ["2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z"],
      why: "leap years",
    },
    {
      given: "0 0 0 29 2 ?",
      after: "2096-03-01T00:00:00Z",
      want: ["2104-02-29T00:00:00Z"],
      why: "over 2100, which is none",
    },
    {
      given: "0 0 0 31 * ?",
      after: "2026-03-31T00:00:00Z",
      want: ["2026-05-31T00:00:00Z", "2026-07-31T00:00:00Z"],
      why: "months that have the day",
    },
    {
      given: "0 0 0 13 * FRI",
      after: "2026-03-02T00:00:00Z",
      want: ["2026-03-06T00:00:00Z", "2026-03-13T00:00:00Z", "2026-03-20T00:00:00Z"],
      why: "day of the month or of the week, if both are chosen",
    },
    {
      given: "0 0 0 */10 * SUN",
      after: "2026-03-08T12:00:00Z",
      want: ["2026-03-11T00:00:00Z", "2026-03-15T00:00:00Z"],
      why: "a step as a choice of days",
    },
    {
      given: "CRON_TZ=Europe/Berlin 0 30 8 ? * MON-FRI",
      after: "2026-03-27T12:00:00Z",
      want: ["2026-03-30T06:30:00Z"],
      why: "summer time",
    },
    {
      given: "CRON_TZ=Europe/Berlin 0 30 2 * * ?",
      after: "2026-03-28T12:00:00Z",
      want: ["2026-03-30T00:30:00Z"],
      why: "not at a time that the clocks skip",
    },
    {
      given: "CRON_TZ=Europe/Berlin 0 30 2 * * ?",
      after: "2026-10-24T12:00:00Z",
      want: ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-26T01:30:00Z"],
      why: "twice at a time that the clocks show twice",
    },
    {
      given: "CRON_TZ=Asia/Kathmandu 0 0 0 * * ?",
      after: "2026-03-02T00:00:00Z",
      want: ["2026-03-02T18:15:00Z"],
      why: "an offset of quarters of an hour",
    },
    {
      given: "CRON_TZ=Australia/Lord_Howe 0 15 2 * * ?",
      after: "2026-10-03T00:00:00Z",
      want: ["2026-10-04T15:15:00Z"],
      why: "a change of the clocks by half an hour",
    },
    {
      given: "CRON_TZ=Pacific/Apia 0 0 12 30 12 ?",
      after: "2010-12-31T00:00:00Z",
      want: ["2012-12-29T22:00:00Z"],
      why: "a date that a zone skipped",
    },
    {
      given: "CRON_TZ=America/New_York 0 0 0 1 1 ?",
      after: "1999-06-01T00:00:00Z",
      want: ["2000-01-01T05:00:00Z"],
      why: "the past",
    },
  ])("knows $why: $given", ({ given, after, want }) => {
    expect(times(given, after, want.length)).toEqual(want);
  });

  it.each(["0 0 0 30 2 ?", "CRON_TZ=Europe/Berlin 0 0 0 31 4,6,9,11 ?"])(
    "that never comes has no next time: %s",
    (given) => {
      expect(
        nextTime(parseSchedule("Cron", given), from("2026-03-02T00:00:00Z"), from("2026-03-02T00:00:00Z")),
      ).toBeUndefined();
    },
  );

  it("ends where dates end", () => {
    const last = new Date(8.64e15);
    expect(nextTime(parseSchedule("Cron", "* * * * *"), last, last)).toBeUndefined();
    expect(nextTime(parseSchedule("Rate", "1m"), last, last)).toBeUndefined();
  });
});

it("lists the times up to a moment, itself included", () => {
  const schedule = parseSchedule("Cron", "0 0/20 * * * ?");
  const listed = [...nextTimes(schedule, from("2026-03-02T10:00:00Z"), from("2026-03-02T11:00:00Z"))];
  expect(listed.map((time) => time.getUTCMinutes())).toEqual([20, 40, 0]);
});

it("goes through a month of a hundred timers at once", () => {
  const start = Date.UTC(2026, 2, 1);
  const end = Date.UTC(2026, 3, 1);
  let fired = 0;
  for (let timer = 0; timer < 100; timer++) {
    const zone = timer % 2 === 0 ? "" : "CRON_TZ=Europe/Berlin ";
    const schedule = parseSchedule("Cron", `${zone}${timer % 60} * * * * ?`);
    for (
      let time = nextMillisecond(schedule, start, start);
      time && time <= end;
      time = nextMillisecond(schedule, time, start)
    )
      fired++;
  }
  // The timer that is due with the full minute has the end of the month besides.
  expect(fired).toBeGreaterThanOrEqual(100 * 31 * 24 * 60 - 100);
});
