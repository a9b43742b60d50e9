import { describe, expect, it } from "vitest";
import { nextTime } from "./next-time.ts";
import { parseSchedule } from "./parse-schedule.ts";

// FG_SEED=<number> repeats a run; the seed stands in the name of each test.
const seed = Number(process.env.FG_SEED ?? Math.floor(Math.random() * 2 ** 31));
const cases = Number(process.env.FG_CASES ?? 60);

/** The same numbers for the same seed (mulberry32). */
function numbers(from: number): (below: number) => number {
  let state = from;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const bounds: readonly Bounds[] = [
  { min: 0, max: 59 },
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  {
    min: 1,
    max: 12,
    names: ["JAN", "feb", "Mar", "APR", "may", "Jun", "JUL", "aug", "Sep", "OCT", "nov", "Dec"],
  },
  { min: 0, max: 6, names: ["SUN", "mon", "Tue", "WED", "thu", "Fri", "SAT"] },
];

const zones = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "Africa/Casablanca",
  "America/Sao_Paulo",
];

function randomField({ min, max, names }: Bounds, day: boolean, random: (below: number) => number): string {
  const value = (from = min): string => {
    const chosen = from + random(max - from + 1);
    return names && random(2) === 0 ? (names[chosen - min] ?? "") : String(chosen);
  };
  const item = (): string => {
    const kind = random(5);
    if (kind === 0) return value();
    if (kind === 1) return `${value()}/${1 + random(max)}`;
    if (kind === 2) return `*/${1 + random(max)}`;
    const start = min + random(max - min + 1);
    return `${start}-${value(start)}${kind === 3 ? `/${1 + random(9)}` : ""}`;
  };
  if (random(3) === 0) return day && random(2) === 0 ? "?" : "*";
  return Array.from({ length: 1 + random(3) }, item).join(",");
}

/** Holds a value against the text of a field; written apart from the parser on purpose. */
function allows(text: string, value: number, { min, max, names }: Bounds): boolean {
  const number = (word: string): number => {
    const named = names?.findIndex((name) => name.toLowerCase() === word.toLowerCase()) ?? -1;
    return named >= 0 ? named + min : Number(word);
  };
  return text.split(",").some((item) => {
    const [range = "", step] = item.split("/");
    const [low = "", high] = range === "*" || range === "?" ? [String(min), String(max)] : range.split("-");
    const start = number(low);
    const end = high !== undefined ? number(high) : step !== undefined ? max : start;
    return value >= start && value <= end && (value - start) % Number(step ?? 1) === 0;
  });
}

/** Goes through the seconds one by one and looks at the clock on the wall. */
function bruteForce(
  fields: readonly string[],
  zone: string,
  after: number,
  until: number,
): number | undefined {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    weekday: "short",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  const isOpen = (text: string): boolean => text.split(",").some((item) => /^[*?](\/1)?$/.test(item));
  let shown = "";
  let matches = false;
  for (let time = after + 1000; time <= until; time += 1000) {
    const second = (time / 1000) % 60;
    if (second === 0 || shown === "") {
      const parts = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
      shown = JSON.stringify(parts);
      const [, minutes = "", hours = "", days = "", months = "", weekdays = ""] = fields;
      const inMonth = allows(days, Number(parts.day), bounds[3] ?? { min: 0, max: 0 });
      const inWeek = allows(
        weekdays,
        ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"].indexOf(parts.weekday ?? ""),
        bounds[5] ?? { min: 0, max: 0 },
      );
      matches =
        allows(minutes, Number(parts.minute), bounds[1] ?? { min: 0, max: 0 }) &&
        allows(hours, Number(parts.hour), bounds[2] ?? { min: 0, max: 0 }) &&
        allows(months, Number(parts.month), bounds[4] ?? { min: 0, max: 0 }) &&
        (isOpen(days) || isOpen(weekdays) ? inMonth && inWeek : inMonth || inWeek);
    }
    if (matches && allows(fields[0] ?? "", second, bounds[0] ?? { min: 0, max: 0 })) return time;
  }
  return undefined;
}

describe(`random expressions, seed ${seed}`, () => {
  it(
    `come when a clock that is watched second by second says so, ${cases} times`,
    () => {
      const random = numbers(seed);
      for (let round = 0; round < cases; round++) {
        const fields = bounds.map((bound, index) => randomField(bound, index === 3 || index === 5, random));
        const zone = zones[random(zones.length)] ?? "UTC";
        // Half of the starts lie shortly before a change of the clocks in one of the zones.
        const changes = [
          Date.UTC(2026, 2, 28, 22),
          Date.UTC(2026, 9, 24, 22),
          Date.UTC(2026, 2, 8, 5),
          Date.UTC(2026, 10, 1, 4),
          Date.UTC(2026, 9, 3, 14),
        ];
        const after =
          random(2) === 0
            ? Date.UTC(2020, 0, 1) + random(10 * 365 * 86_400) * 1000
            : (changes[random(changes.length)] ?? 0);
        const until = after + 36 * 3_600_000;
        const expression = `${zone === "UTC" && random(2) === 0 ? "" : `CRON_TZ=${zone} `}${fields.join(" ")}`;
        const schedule = parseSchedule("Cron", expression);
        const found = nextTime(schedule, new Date(after), new Date(after))?.getTime();
        const got = found !== undefined && found <= until ? new Date(found).toISOString() : undefined;
        const expected = bruteForce(fields, zone, after, until);
        const want = expected === undefined ? undefined : new Date(expected).toISOString();
        expect(got, `${expression} after ${new Date(after).toISOString()}`).toBe(want);
      }
    },
    20_000 + cases * 50,
  );
});
