import { describe, expect, it } from "vitest";
import { parseSchedule } from "./parse-schedule.ts";

const minute = 60_000;

describe("a rate", () => {
  it.each([
    { given: "1m", want: minute },
    { given: "60m", want: 60 * minute },
    { given: "24h", want: 24 * 60 * minute },
    { given: "30d", want: 30 * 24 * 60 * minute },
  ])("of $given is read", ({ given, want }) => {
    expect(parseSchedule("Rate", given)).toEqual({ kind: "interval", milliseconds: want });
  });

  it.each([
    { given: "0m", want: "a rate in minutes is from 1 to 60, and is 0" },
    { given: "61m", want: "a rate in minutes is from 1 to 60, and is 61" },
    { given: "25h", want: "a rate in hours is from 1 to 24, and is 25" },
    { given: "31d", want: "a rate in days is from 1 to 30, and is 31" },
    { given: "5", want: 'a rate is a whole number and one of m, h and d, such as 5m, and is "5"' },
    { given: "5 m", want: 'a rate is a whole number and one of m, h and d, such as 5m, and is "5 m"' },
    { given: "1.5h", want: 'a rate is a whole number and one of m, h and d, such as 5m, and is "1.5h"' },
    { given: "-5m", want: 'a rate is a whole number and one of m, h and d, such as 5m, and is "-5m"' },
    { given: "5M", want: 'a rate is a whole number and one of m, h and d, such as 5m, and is "5M"' },
    { given: "", want: 'a rate is a whole number and one of m, h and d, such as 5m, and is ""' },
  ])('of "$given" is refused', ({ given, want }) => {
    expect(() => parseSchedule("Rate", given)).toThrow(want);
  });
});

describe("@every", () => {
  it.each([
    { given: "@every 30m", seconds: 1800 },
    { given: "@every 1h30m", seconds: 5400 },
    { given: "@every 1.5h", seconds: 5400 },
    { given: "@every .5m", seconds: 30 },
    { given: "@every 1h2m3s4ms5µs6ns", seconds: 3723 },
    { given: "@every 90000ms", seconds: 90 },
    { given: "@every 0.1m0.1m0.1m", seconds: 18 },
    { given: "@every 10ms", seconds: 1 },
    { given: "@every 1999ms", seconds: 1 },
    { given: "CRON_TZ=Europe/Berlin @every 2s", seconds: 2 },
  ])("$given is $seconds s", ({ given, seconds }) => {
    expect(parseSchedule("Cron", given)).toEqual({ kind: "interval", milliseconds: seconds * 1000 });
  });

  it.each([
    { given: "@every", want: "@every is followed by a space and a duration, such as @every 1h30m" },
    { given: "@every 5", want: 'the duration "5" lacks a unit after "5"; units are h, m, s, ms, µs and ns' },
    {
      given: "@every 5d",
      want: 'the duration "5d" has the unknown unit "d"; units are h, m, s, ms, µs and ns',
    },
    { given: "@every h", want: 'the duration "h" has no number where "h" starts' },
    { given: "@every 1h 30m", want: 'the duration behind @every has no spaces in it, and is "1h 30m"' },
    { given: "@every -1h", want: 'the duration "-1h" has no number where "-1h" starts' },
    { given: "@every 0s", want: 'the duration "0s" must be longer than nothing' },
    { given: `@every ${"9".repeat(400)}h`, want: "is longer than a hundred years" },
    { given: "@every 1constructor", want: 'the duration "1constructor" has the unknown unit "constructor"' },
  ])("refuses $given", ({ given, want }) => {
    expect(() => parseSchedule("Cron", given)).toThrow(want);
  });
});

describe("a Cron expression", () => {
  it.each([
    { given: "* * * * *", why: "the day of the week may be left out" },
    { given: "0 15 2 * * ?", why: "a question mark may open the day of the week" },
    { given: "0 15 2 ? * 1", why: "a question mark may open the day of the month" },
    { given: "0 0/5 12-14 ? * MON-FRI", why: "steps, ranges and names" },
    { given: "0 0 0 1,15,31 jan-Dec sUN,sat", why: "names in any case" },
    { given: "CRON_TZ=Europe/Berlin 0 30 8 ? * MON-FRI", why: "a time zone" },
    { given: "CRON_TZ=UTC 0 30 8 * * ?", why: "UTC as time zone" },
    { given: "0 0 0 30 2 ?", why: "a day that never comes" },
  ])("takes $why", ({ given }) => {
    expect(parseSchedule("Cron", given).kind).toBe("cron");
  });

  it.each([
    { given: "60 * * * * *", want: "the field seconds is from 0 to 59, and has 60" },
    { given: "0 60 * * * *", want: "the field minutes is from 0 to 59, and has 60" },
    { given: "0 0 24 * * *", want: "the field hours is from 0 to 23, and has 24" },
    { given: "0 0 0 0 * ?", want: "the field day of the month is from 1 to 31, and has 0" },
    { given: "0 0 0 ? 13 *", want: "the field month is from 1 to 12 or a name from jan to dec, and has 13" },
    {
      given: "0 0 0 ? * 7",
      want: "the field day of the week is from 0 to 6 or a name from sun to sat, and has 7",
    },
    {
      given: "0 0 0 ? * MONDAY",
      want: 'the field day of the week needs a number from 0 to 6 or a name from sun to sat and has "MONDAY"',
    },
    { given: "? * * * * *", want: "the field seconds cannot be ?; only the two day fields can" },
    { given: "0 0 5-3 * * ?", want: 'the field hours has the range "5-3", which ends before it starts' },
    {
      given: "0 0/0 * * * ?",
      want: 'the field minutes needs a whole number from 1 behind the / and has "0/0"',
    },
    {
      given: "0 0/x * * * ?",
      want: 'the field minutes needs a whole number from 1 behind the / and has "0/x"',
    },
    { given: "0 0/5/5 * * * ?", want: 'the field minutes has more than one / in "0/5/5"' },
    { given: "0 1-2-3 * * * ?", want: 'the field minutes has more than one - in "1-2-3"' },
    { given: "0 1, * * * ?", want: 'the field minutes needs a number from 0 to 59 and has ""' },
    { given: "0 -1 * * * ?", want: 'the field minutes needs a number from 0 to 59 and has ""' },
    { given: "0 0 0 L * ?", want: 'the field day of the month needs a number from 1 to 31 and has "L"' },
    { given: "* * * *", want: "and this one has 4" },
    { given: "* * * * * * *", want: "and this one has 7" },
    { given: "", want: "and this one has 0" },
    { given: "CRON_TZ=Europe/Berlin", want: "and this one has 0" },
    { given: "CRON_TZ=Mars/Base 0 0 0 * * ?", want: 'CRON_TZ names no known time zone: "Mars/Base"' },
    { given: "CRON_TZ=+02:00 0 0 0 * * ?", want: 'CRON_TZ names no known time zone: "+02:00"' },
    { given: "@daily", want: '"@daily" is not known; only @every is' },
  ])('refuses "$given"', ({ given, want }) => {
    expect(() => parseSchedule("Cron", given)).toThrow(want);
  });
});

it("knows the two types alone", () => {
  expect(() => parseSchedule("rate", "5m")).toThrow('the type of a schedule is Rate or Cron, and is "rate"');
});

it("quotes a long text shortened", () => {
  expect(() => parseSchedule("Rate", "x".repeat(5000))).toThrow(/and is "x{77}\.\.\."$/);
});
